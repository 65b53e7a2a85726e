//! Reports as JSON.

use timeline::json::ParseError;
use timeline::{Coverage, Report, SCHEMA, Verdict, World};

use crate::samples;

/// A document as it was written when schema 1 was new, with every field and every effect.
/// It may be added to, and nothing in it may change.
const FIRST: &str = include_str!("../fixtures/report-schema-1.json");

fn report(timeline: Option<timeline::Timeline>) -> Report {
    Report {
        schema: SCHEMA,
        nonce: "n0nce".to_string(),
        world: World::Threads,
        verdict: Verdict::Failed,
        schedules: 5,
        coverage: Coverage::UpTo { bound: 1 },
        message: "deadlock".to_string(),
        token: Some("t:2=1".to_string()),
        timeline,
        graph: None,
    }
}

#[test]
fn what_is_written_can_be_read() {
    for (name, timeline) in samples::all() {
        let report = report(Some(timeline));
        let json = report.to_json();
        assert!(!json.contains('\n'), "{name}");
        assert_eq!(Report::parse(&json).expect(name), report, "{name}");
    }
    for coverage in [Coverage::Everything, Coverage::Exhausted { bound: 3 }] {
        let report = Report {
            world: World::Real,
            verdict: Verdict::NotGradable,
            coverage,
            token: None,
            ..report(None)
        };
        assert_eq!(Report::parse(&report.to_json()).expect("reads"), report);
    }
}

#[test]
fn the_first_document_can_still_be_read_and_says_the_same() {
    let report = Report::parse(FIRST).expect("an old document stays readable");
    insta::assert_debug_snapshot!(report);
    let again: serde_json::Value = serde_json::from_str(&report.to_json()).expect("is JSON");
    let first: serde_json::Value = serde_json::from_str(FIRST).expect("is JSON");
    assert_eq!(again, first);
}

#[test]
fn fields_of_later_versions_are_skipped() {
    let json = report(Some(samples::abba())).to_json();
    let later = json.replacen("{\"schema\":1", "{\"colour\":[1],\"schema\":1", 1);
    let later = later.replace("\"lane\":1", "\"weight\":{},\"lane\":1");
    assert_ne!(json, later);
    assert_eq!(
        Report::parse(&later).expect("reads"),
        Report::parse(&json).expect("reads")
    );
}

#[test]
fn another_schema_is_named() {
    let error = Report::parse("{\"schema\":7,\"verdict\":[]}").expect_err("is not ours");
    assert!(
        matches!(error, ParseError::Schema { found: 7 }),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        "a report of schema 7, and this program reads schema 1: \
         build the runner and the trial from the same version of the workshop"
    );
}

#[test]
fn what_is_no_report_is_called_that() {
    for json in [
        "",
        "{}",
        "[]",
        "{\"schema\":\"1\"}",
        "{\"schema\":1}",
        "\u{1b}[31m",
    ] {
        let error = Report::parse(json).expect_err(json);
        assert!(
            matches!(error, ParseError::Malformed(_)),
            "{json}: {error:?}"
        );
        assert!(error.to_string().starts_with("not a report: "), "{error}");
    }
}

#[test]
fn references_to_nothing_are_found() {
    let mut steps = samples::abba();
    steps.steps[3].lane = 3;
    let mut effects = samples::lost_update();
    effects.objects.clear();
    let mut stuck = samples::abba();
    stuck.outcome.stuck[2].waits_for = Some(9);
    for (timeline, place) in [
        (steps, "step 4"),
        (effects, "step 3"),
        (stuck, "stuck lane 3"),
    ] {
        let error = Report::parse(&report(Some(timeline)).to_json()).expect_err(place);
        assert_eq!(
            error.to_string(),
            format!("not a report: {place} refers to a lane or an object that is not listed")
        );
    }
}

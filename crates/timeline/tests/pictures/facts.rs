//! What a picture makes of the effects of each step.

use timeline::Timeline;

use crate::build::{Build, E, On};
use crate::samples;

/// The symbols of the lanes in the row that begins so; a lane has three columns.
#[track_caller]
fn lanes(text: &str, row: &str) -> String {
    let line = text.lines().find(|l| l.trim_start().starts_with(row));
    let line = line.unwrap_or_else(|| panic!("no row {row} in\n{text}"));
    line.chars()
        .skip(5)
        .take(9)
        .collect::<String>()
        .trim_end()
        .to_string()
}

fn two() -> Build {
    Build::new("", &["T1", "T2"])
        .object("x", "AtomicU64", Some("0"))
        .object("m", "RwLock", None)
}

fn lost_update_that_writes(value: &'static str) -> Timeline {
    two()
        .step("T1", 1, "x.load()", "reads x = 0", &[E::Sees("x", "0")])
        .step("T2", 2, "x.store(v)", "writes x", &[E::Sets("x", value)])
        .step("T1", 3, "x.store(1)", "writes x = 1", &[E::Sets("x", "1")])
        .fails("broken")
}

#[test]
fn a_value_is_stale_once_it_is_another() {
    let changed = lost_update_that_writes("7");
    assert!(
        changed
            .to_string()
            .contains("stale: acts on x = 0 from step 1")
    );
    assert!(changed.svg().contains(">stale<"));
    let same = lost_update_that_writes("0");
    assert!(!same.to_string().contains("stale"), "{same}");
    assert!(!same.svg().contains("stale"));
}

#[test]
fn a_schedule_that_passes_acts_on_nothing_stale() {
    let mut passes = lost_update_that_writes("7");
    passes.outcome.failed = false;
    assert!(!passes.to_string().contains("stale"), "{passes}");
}

#[test]
fn a_lane_that_slept_before_the_change_did_not_act_on_it() {
    let asleep = two()
        .step("T1", 1, "x.load()", "reads x = 0", &[E::Sees("x", "0")])
        .step("T1", 2, "cv.wait(g)", "sleeps", &[])
        .step("T2", 3, "x.store(1)", "writes x = 1", &[E::Sets("x", "1")])
        .stuck("T1", 2, "cv.wait(g)", "asleep", On::Lane("T2"))
        .fails("T1 sleeps for ever");
    assert!(!asleep.to_string().contains("stale"), "{asleep}");
}

#[test]
fn a_lane_that_reads_again_acts_on_what_is_new() {
    let fresh = two()
        .step("T1", 1, "x.load()", "reads x = 0", &[E::Sees("x", "0")])
        .step("T2", 2, "x.store(1)", "writes x = 1", &[E::Sets("x", "1")])
        .step(
            "T1",
            3,
            "x.fetch_add(1)",
            "x: 1 → 2",
            &[E::Sees("x", "1"), E::Sets("x", "2")],
        )
        .fails("broken");
    assert!(!fresh.to_string().contains("stale"), "{fresh}");
}

#[test]
fn a_lane_that_is_woken_was_blocked_until_then() {
    let text = two()
        .step("T1", 1, "a", "one", &[])
        .step("T2", 2, "b", "two", &[])
        .step("T2", 3, "c", "three", &[E::Wakes("T1")])
        .step("T2", 4, "d", "four", &[])
        .step("T1", 5, "e", "five", &[])
        .passes("fine")
        .to_string();
    let rows = ["1", "2", "3", "4"].map(|row| lanes(&text, row));
    assert_eq!(rows, ["●  │", "┊  ●", "│  ●", "│  ●"], "{text}");
}

#[test]
fn each_reader_gives_back_its_own_hold() {
    let text = two()
        .step("T1", 1, "m.read()", "reads m", &[E::Holds("m")])
        .step("T2", 2, "m.read()", "reads m", &[E::Holds("m")])
        .step("T1", 9, "c", "disturbs", &[])
        .step(
            "T2",
            3,
            "drop(g)",
            &"releases m, ".repeat(12),
            &[E::Frees("m")],
        )
        .step("T1", 4, "a", "four", &[])
        .step("T2", 5, "b", "five", &[])
        .passes("fine")
        .to_string();
    let rows = ["4", "5", "6"].map(|row| lanes(&text, row));
    assert_eq!(rows[0], "┃  ●", "{text}");
    assert_eq!(rows[1..], ["●  │", "┃  ●"], "{text}");
    // The rest of a long row shows the lanes as they are after the step.
    let rest = text
        .lines()
        .find(|l| l.starts_with("     ┃"))
        .unwrap_or_default();
    assert_eq!(lanes(rest, "┃"), "┃  │", "{text}");
}

#[test]
fn a_lane_begins_where_it_is_spawned_and_ends_where_it_ends() {
    let text = samples::passing().to_string();
    let marks: Vec<String> = ["1", "2", "3", "4"]
        .iter()
        .map(|r| lanes(&text, r))
        .collect();
    let marks: Vec<&str> = marks
        .iter()
        .map(|m| m.trim_end_matches([' ', '8', '9']))
        .collect();
    assert_eq!(marks, ["●    │", "●    │", "│    ●", "●"], "{text}");
}

#[test]
fn a_panic_is_the_fatal_step_though_others_follow() {
    let text = two()
        .step("T1", 1, "assert!(false)", "panics: no", &[])
        .step("T2", 2, "a", "goes on", &[])
        .fails("T1 panicked")
        .to_string();
    assert_eq!(lanes(&text, "1"), "╳  │", "{text}");
    assert_eq!(lanes(&text, "2"), "│  ●", "{text}");
}

//! The commands as a learner types them, and what they say when something is amiss.

use std::fs;

use crate::support::Workshop;
use serde_json::Value;

const FINE: &str = "pub fn work() -> u32 {\n    1\n}\n";
const MISTAKEN: &str = "pub fn work() -> u32 {\n    2\n}\n";

/// A workshop of two exercises, one of them solved.
fn workshop(name: &str) -> Workshop {
    let workshop = Workshop::new(name);
    workshop.exercise("first", FINE);
    workshop.exercise("second", MISTAKEN);
    workshop
}

#[test]
fn help_is_for_newcomers() {
    let workshop = workshop("help");
    let run = workshop.xtask(&[]);
    run.expect(0, &["Usage: cargo xtask COMMAND", "cargo xtask demo ch01"]);
    assert_eq!(workshop.xtask(&["--help"]).stdout, run.stdout);
    workshop
        .xtask(&["check", "--help"])
        .expect(0, &["--replay TOKEN", "ch05/backpressure"]);
    workshop
        .xtask(&["chekc"])
        .expect(2, &["no command `chekc`", "cargo xtask --help"]);
}

#[test]
fn an_unknown_selector_names_the_nearest_ones() {
    let workshop = workshop("selectors");
    workshop
        .xtask(&["check", "ch01/secnod"])
        .expect(2, &["there is no `ch01/secnod`", "`ch01/second`"]);
    workshop.xtask(&["check", "ch02"]).expect(2, &["`ch01`"]);
    workshop
        .xtask(&["hint", "frist"])
        .expect(2, &["`ch01/first`"]);
    workshop.xtask(&["demo", "ch1"]).expect(2, &["`ch01`"]);
    workshop
        .xtask(&["demo", "ch01"])
        .expect(2, &["no pairs to show"]);
    workshop
        .xtask(&["check", "--replay", "nonsense"])
        .expect(2, &["is not a token"]);
}

#[test]
fn check_goes_from_one_exercise_to_the_next() {
    let workshop = workshop("progress");
    workshop
        .xtask(&["list"])
        .expect(0, &["0 of 2 exercises solved"]);
    workshop
        .xtask(&["check"])
        .expect(0, &["ch01/first", "1 of 1 exercise passed"]);
    workshop
        .xtask(&["list"])
        .expect(0, &["✓ ch01/first", "1 of 2 exercises solved"]);
    let run = workshop.xtask(&["check"]);
    run.expect(
        1,
        &[
            "✗ work gives one",
            "left: 2",
            "hint ch01/second",
            "0 of 1 property holds",
        ],
    );
    workshop
        .xtask(&["list"])
        .expect(0, &["✗ ch01/second  0 of 1 property holds"]);

    workshop.exercise("second", FINE);
    workshop
        .xtask(&["list"])
        .expect(0, &["second  edited since"]);
    workshop.xtask(&["check"]).expect(0, &["ch01/second"]);
    workshop
        .xtask(&["check"])
        .expect(0, &["All exercises are solved"]);

    workshop.write("target/workshop/state.json", "{ broken");
    workshop
        .xtask(&["list"])
        .expect(0, &["0 of 2 exercises solved"]);
    workshop.assert_tidy();
}

#[test]
fn a_failure_can_be_replayed() {
    let workshop = workshop("replay");
    let run = workshop.xtask(&["check", "ch01/second", "--json"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("one JSON document");
    assert_eq!(document["schema"], 1);
    let property = &document["exercises"][0]["properties"][0];
    let token = property["token"].as_str().expect("a token");
    assert!(token.starts_with("work_gives_one@"), "{token}");
    let again = workshop.xtask(&["check", "ch01/second", "--replay", token]);
    again.expect(1, &["work gives one", "left: 2"]);
    let wrong = token.replace("one", "two");
    workshop
        .xtask(&["check", "ch01/second", "--replay", &wrong])
        .expect(2, &["work_gives_two"]);
}

#[test]
fn what_is_missing_is_named() {
    let workshop = workshop("missing");
    let dir = workshop.root.join("exercises/ch01-trouble/second");
    fs::remove_file(dir.join("src/lib.rs")).expect("it is there");
    let run = workshop.xtask(&["check", "all"]);
    run.expect(
        1,
        &[
            "exercises/ch01-trouble/second/src/lib.rs is missing; `git restore",
            "1 of 2 exercises passed",
        ],
    );

    fs::remove_file(dir.join("hints.md")).expect("it is there");
    workshop
        .xtask(&["hint", "ch01/second"])
        .expect(2, &["hints.md", "git restore"]);

    workshop.write("solutions/ch01-trouble/second/src/lib.rs", FINE);
    fs::remove_dir_all(&dir).expect("it is there");
    workshop
        .xtask(&["check", "ch01/second"])
        .expect(2, &["ch01/second has been deleted", "git restore"]);
    workshop
        .xtask(&["list"])
        .expect(0, &["ch01/second", "deleted"]);
    workshop
        .xtask(&["check", "all"])
        .expect(1, &["is missing", "1 of 2 exercises passed"]);
}

#[test]
fn hints_come_one_at_a_time() {
    let workshop = workshop("hints");
    workshop
        .xtask(&["hint"])
        .expect(0, &["ch01/first, hint 1 of 2: First", "Think."]);
    workshop
        .xtask(&["hint"])
        .expect(0, &["hint 2 of 2: Second", "the last one"]);
    workshop
        .xtask(&["hint", "ch01/second"])
        .expect(0, &["ch01/second, hint 1 of 2"]);
    workshop
        .xtask(&["hint", "ch01/first", "--all"])
        .expect(0, &["Think.", "Again."]);
    workshop.xtask(&["hint", "ch01"]).expect(2, &["which one"]);
}

#[test]
fn solutions_are_graded_in_place_of_the_learners_files() {
    let workshop = workshop("solutions");
    workshop.write("solutions/ch01-trouble/second/src/lib.rs", FINE);
    let run = workshop.xtask(&["check", "ch01/second", "--solutions"]);
    run.expect(
        0,
        &[
            "solutions/ch01-trouble/second/src/lib.rs",
            "1 of 1 exercise passed",
        ],
    );
    // They are not the learner's own, and do not count for them.
    workshop
        .xtask(&["list"])
        .expect(0, &["0 of 2 exercises solved"]);
}

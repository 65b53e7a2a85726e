//! Programs that do everything to make the runner stumble, all judged through the real door.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use crate::support::{Workshop, assert_not_running};
use serde_json::Value;

/// Every program in `programs/`, graded once for all the tests.
static GRADED: LazyLock<Value> = LazyLock::new(|| {
    let workshop = Workshop::new("trouble");
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    for entry in fs::read_dir(sources).expect("the sources are there") {
        let path = entry.expect("can be read").path();
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name");
        workshop.exercise(name, &fs::read_to_string(&path).expect("can be read"));
    }
    let run = workshop.xtask(&["check", "all", "--json", "--limit", "4"]);
    run.expect(1, &[]);
    workshop.assert_tidy();
    serde_json::from_str(&run.stdout).expect("one JSON document and nothing else")
});

#[track_caller]
fn came_out(name: &str, verdict: &str, words: &str) {
    let exercises = GRADED["exercises"].as_array().expect("a list");
    let exercise = exercises
        .iter()
        .find(|exercise| exercise["exercise"] == name);
    let exercise = exercise.unwrap_or_else(|| panic!("{name} was not graded: {:#}", *GRADED));
    assert_eq!(exercise["verdict"], verdict, "{exercise:#}");
    let property = &exercise["properties"][0];
    assert_eq!(property["name"], "work_gives_one");
    assert_eq!(property["verdict"], verdict, "{exercise:#}");
    let message = property["message"].as_str().expect("a message");
    assert!(message.contains(words), "{message}");
}

#[test]
fn what_is_right_passes() {
    came_out("fine", "passed", "schedule");
}

#[test]
fn what_is_mistaken_fails() {
    came_out("mistaken", "failed", "left: 2");
}

#[test]
fn to_exit_is_not_to_pass() {
    came_out("exits", "crashed", "ended before the trial did");
}

#[test]
fn an_abort_is_named() {
    came_out("aborts", "crashed", "aborted the process");
}

#[test]
fn a_stack_overflow_is_named() {
    came_out("overflows", "crashed", "stack overflowed");
}

#[test]
fn an_endless_loop_hangs_and_spins() {
    came_out("spins", "hung", "spinning");
}

#[test]
fn a_search_without_end_says_how_far_it_is() {
    came_out("dawdles", "hung", "schedules has failed so far");
}

#[test]
fn an_endless_wait_hangs_and_is_blocked() {
    came_out("blocks", "hung", "blocked");
    assert_not_running("7654321");
}

#[test]
fn ten_million_lines_do_no_harm() {
    came_out("chatters", "passed", "schedule");
}

#[test]
fn a_child_that_was_left_behind_is_noticed_and_ended() {
    came_out(
        "leaves",
        "failed",
        "behind: `sleep 7654322`. The runner has ended",
    );
    assert_not_running("7654322");
}

#[test]
fn a_child_with_a_session_of_its_own_is_found() {
    came_out("flees", "failed", "sleep 7654323");
    assert_not_running("7654323");
}

#[test]
fn a_child_that_hides_its_origin_is_ended_too() {
    let exercises = GRADED["exercises"].as_array().expect("a list");
    assert!(
        exercises
            .iter()
            .any(|exercise| exercise["exercise"] == "hides")
    );
    assert_not_running("7654324");
}

#[test]
fn a_compile_error_is_told_as_rustc_tells_it() {
    came_out(
        "mistyped",
        "does-not-compile",
        "error[E0308]: mismatched types",
    );
}

#[test]
fn what_no_stand_in_can_stop_is_not_graded() {
    came_out(
        "counts",
        "not-gradable",
        "the grader cannot follow `Arc::strong_count` here \
         (exercises/ch01-trouble/counts/src/lib.rs:6)",
    );
}

#[test]
fn what_a_stand_in_lacks_is_not_graded() {
    came_out(
        "exotic",
        "not-gradable",
        "the grader cannot follow `std::os::fd::AsRawFd` here \
         (exercises/ch01-trouble/exotic/src/lib.rs:1)",
    );
}

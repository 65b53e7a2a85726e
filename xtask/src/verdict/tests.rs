use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use timeline::{Coverage, SCHEMA, World};

use super::*;

/// A wait status as wait(2) gives it: the exit code in the second byte, or a signal.
fn ended(status: i32) -> End {
    End::Ended(ExitStatus::from_raw(status))
}

const OK: i32 = 0;
const PANIC: i32 = 101 << 8;
const SEVEN: i32 = 7 << 8;
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;
const SIGSEGV: i32 = 11;

fn said(verdict: Said) -> Option<Report> {
    Some(Report {
        schema: SCHEMA,
        nonce: String::new(),
        world: World::Threads,
        verdict,
        schedules: 3,
        coverage: Coverage::Everything,
        message: "the record".to_owned(),
        token: None,
        timeline: None,
        graph: None,
    })
}

#[track_caller]
fn judged(
    end: End,
    record: Option<Report>,
    left: &[&str],
    output: &str,
    verdict: Verdict,
    words: &str,
) {
    let left_behind = left.iter().map(|command| (*command).to_owned()).collect();
    let outcome = Outcome {
        end,
        record,
        left_behind,
        output: output.to_owned(),
    };
    let property = judge("p", outcome, 10.0);
    assert_eq!(property.verdict, verdict, "{}", property.message);
    assert!(property.message.contains(words), "{}", property.message);
}

#[test]
fn only_a_record_and_a_good_end_together_pass() {
    let passed = || said(Said::Passed);
    judged(ended(OK), passed(), &[], "", Verdict::Passed, "the record");
    judged(
        ended(OK),
        None,
        &[],
        "test p ... ok",
        Verdict::Crashed,
        "before the trial did",
    );
    judged(
        ended(SEVEN),
        passed(),
        &[],
        "",
        Verdict::Crashed,
        "status 7",
    );
    judged(
        ended(OK),
        passed(),
        &["sleep 9"],
        "",
        Verdict::Failed,
        "left a process behind: `sleep 9`",
    );
    judged(
        End::Hung(Activity::Unknown),
        passed(),
        &[],
        "",
        Verdict::Hung,
        "after 10 s",
    );
}

#[test]
fn a_record_of_failure_is_believed_however_the_process_ends() {
    for status in [OK, PANIC, SIGABRT] {
        judged(
            ended(status),
            said(Said::Failed),
            &[],
            "",
            Verdict::Failed,
            "the record",
        );
    }
    judged(
        ended(OK),
        said(Said::NotGradable),
        &[],
        "",
        Verdict::NotGradable,
        "the record",
    );
}

#[test]
fn a_death_is_told_in_words() {
    let overflow = "thread 'p' has overflowed its stack";
    judged(
        ended(SIGABRT),
        None,
        &[],
        "",
        Verdict::Crashed,
        "aborted the process",
    );
    judged(
        ended(SIGABRT),
        None,
        &[],
        overflow,
        Verdict::Crashed,
        "overflowed its stack:",
    );
    judged(
        ended(SIGSEGV),
        None,
        &[],
        "",
        Verdict::Crashed,
        "most likely its stack overflowed",
    );
    judged(
        ended(SIGKILL),
        None,
        &[],
        "",
        Verdict::Crashed,
        "out of memory",
    );
    judged(ended(15), None, &[], "", Verdict::Crashed, "signal 15");
}

#[test]
fn a_panic_outside_of_the_world_is_quoted() {
    let output = "running 1 test\n\nthread 'p' (7) panicked at src/lib.rs:3:5:\nno such job\n\
                  note: run with `RUST_BACKTRACE=1`\n";
    judged(
        ended(PANIC),
        None,
        &[],
        output,
        Verdict::Failed,
        "no such job (src/lib.rs:3:5)",
    );
    judged(
        ended(PANIC),
        said(Said::Passed),
        &[],
        output,
        Verdict::Failed,
        "after the trial",
    );
}

#[test]
fn a_hang_says_what_the_threads_do() {
    for (activity, words) in [
        (Activity::Spinning, "after 10 s, and spinning"),
        (Activity::Blocked, "after 10 s, and blocked"),
        (Activity::Unknown, "after 10 s"),
    ] {
        judged(End::Hung(activity), None, &[], "", Verdict::Hung, words);
    }
}

#[test]
fn a_long_search_is_not_taken_for_a_loop() {
    let words = "still trying after 10 s: none of 512 schedules has failed";
    judged(End::Unfinished(512), None, &[], "", Verdict::Hung, words);
}

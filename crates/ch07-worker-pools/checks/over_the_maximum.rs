use std::thread;

use ch07_worker_pools::over_the_maximum::{broken, fixed};
use explore::FailureKind;

/// Two callers wait, and each of their clerks asks for another line.
fn no_more_lines_than_there_are<C: Default + Sync>(open_another: fn(&C), lines: fn(&C) -> u32) {
    let centre = C::default();
    thread::scope(|scope| {
        scope.spawn(|| open_another(&centre));
        open_another(&centre);
    });
    let lines = lines(&centre);
    assert!(lines == 2, "there are 2 lines, and {lines} are open");
}

#[test]
fn broken() {
    use broken::Centre;
    let verdict = explore::threads()
        .explore(|| no_more_lines_than_there_are(Centre::open_another, Centre::lines));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Centre;
    let verdict = explore::threads()
        .explore(|| no_more_lines_than_there_are(Centre::open_another, Centre::lines));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch11_deadlocks::timed_lock::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(broken::run().await, 150) });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(fixed::run().await, 150) });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

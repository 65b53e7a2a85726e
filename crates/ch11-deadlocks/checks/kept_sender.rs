use ch11_deadlocks::kept_sender::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(broken::run().await, 10) });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(fixed::run().await, 10) });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

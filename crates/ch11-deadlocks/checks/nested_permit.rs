use ch11_deadlocks::nested_permit::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(broken::run().await, 30) });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(fixed::run().await, 30) });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

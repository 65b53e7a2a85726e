use ch11_deadlocks::lock_across_await::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(broken::run().await, 109) });
    verdict.expect_failure(FailureKind::BlocksRuntime);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async { assert_eq!(fixed::run().await, 109) });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

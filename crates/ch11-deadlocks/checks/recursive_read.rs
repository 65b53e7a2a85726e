use ch11_deadlocks::recursive_read::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict =
        explore::tasks().explore(|| async { assert!([120, 240].contains(&broken::run().await)) });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict =
        explore::tasks().explore(|| async { assert!([120, 240].contains(&fixed::run().await)) });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

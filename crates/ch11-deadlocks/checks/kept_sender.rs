use ch11_deadlocks::kept_sender::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| assert_eq!(broken::run(), 10));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| assert_eq!(fixed::run(), 10));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

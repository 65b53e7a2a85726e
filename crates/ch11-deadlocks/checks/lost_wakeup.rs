use ch11_deadlocks::lost_wakeup::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::threads().explore(broken::run);
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(fixed::run);
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch11_deadlocks::waiting_for_each_other::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| assert_eq!(broken::run(), [250, 500, 750, 1000]));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| assert_eq!(fixed::run(), [250, 500, 750, 1000]));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

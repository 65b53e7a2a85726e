use ch11_deadlocks::send_under_lock::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| assert!([1, 3].contains(&broken::run())));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| assert!([1, 3].contains(&fixed::run())));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

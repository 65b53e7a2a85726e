use ch06_fan_out::one_past_the_end::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| assert_eq!(broken::grade_all(&[7]), 7));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| assert_eq!(fixed::grade_all(&[7]), 7));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

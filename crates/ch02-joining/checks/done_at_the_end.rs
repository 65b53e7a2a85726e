use ch02_joining::done_at_the_end::{broken, fixed};
use explore::FailureKind;

/// The second till has run out of ink.
fn a_till_without_ink_is_left_out(takings: fn(&[&'static str]) -> u32) {
    let cents = takings(&["12500", ""]);
    assert!(cents == 12_500, "{cents} cents from a till with 12500");
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| a_till_without_ink_is_left_out(broken::takings));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| a_till_without_ink_is_left_out(fixed::takings));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch03_channels::shared_replies::{broken, fixed};
use explore::FailureKind;

fn everybody_gets_their_own_answer(postage: fn(&[u32]) -> Vec<u32>) {
    let cents = postage(&[20, 500]);
    assert!(
        cents == [120, 1080],
        "20 g and 500 g cost 120 and 1080 cents, and the counters heard {cents:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| everybody_gets_their_own_answer(broken::postage));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| everybody_gets_their_own_answer(fixed::postage));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch06_fan_out::results_then_errors::{broken, fixed};
use explore::FailureKind;

/// Two lines, and none of them is an order.
async fn every_line_is_somewhere<F>(import: fn(Vec<&'static str>) -> F)
where
    F: Future<Output = (Vec<u32>, Vec<&'static str>)>,
{
    let (quantities, rejected) = import(vec!["five", "V"]).await;
    let (orders, others) = (quantities.len(), rejected.len());
    assert!(
        (orders, others) == (0, 2),
        "of 2 lines {orders} came out as orders and {others} as errors"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_line_is_somewhere(broken::import));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_line_is_somewhere(fixed::import));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

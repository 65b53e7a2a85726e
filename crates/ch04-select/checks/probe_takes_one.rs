use ch04_select::probe_takes_one::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

/// Two orders have been taken, and the counter is closed.
async fn every_order_is_packed<F>(pack_all: fn(mpsc::Receiver<u32>) -> F)
where
    F: Future<Output = Vec<u32>>,
{
    let (counter, orders) = mpsc::channel(2);
    for order in [17, 18] {
        counter.try_send(order).expect("there is room for two");
    }
    drop(counter);
    let packed = pack_all(orders).await;
    assert!(
        packed == [17, 18],
        "of the orders 17 and 18, {packed:?} were packed"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_order_is_packed(broken::pack_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_order_is_packed(fixed::pack_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

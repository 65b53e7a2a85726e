use ch04_select::no_branch_left::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

type Numbers = mpsc::Receiver<u32>;

/// One piece is delivered, and two are ordered.
async fn what_there_is_gets_sold<F>(sell: fn(Numbers, Numbers) -> F)
where
    F: Future<Output = Vec<u32>>,
{
    let (customers, orders) = mpsc::channel(2);
    for order in [17, 18] {
        customers.send(order).await.expect("the shop is open");
    }
    let (supplier, deliveries) = mpsc::channel(1);
    supplier.send(1).await.expect("the shop is open");
    drop(supplier);
    let sold = sell(orders, deliveries).await;
    assert!(sold == [17], "sold {sold:?} of a stock of 1");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| what_there_is_gets_sold(broken::sell));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| what_there_is_gets_sold(fixed::sell));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

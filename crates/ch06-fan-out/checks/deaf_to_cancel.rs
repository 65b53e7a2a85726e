use std::time::Duration;

use ch06_fan_out::deaf_to_cancel::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// The kitchen closes after an hour without an order; the waiter still has the board.
async fn the_cooks_go_home<F>(cook: fn(mpsc::Receiver<u32>, CancellationToken) -> F)
where
    F: Future<Output = usize>,
{
    let (waiter, orders) = mpsc::channel(1);
    let closed = CancellationToken::new();
    let (cooked, ()) = tokio::join!(cook(orders, closed.clone()), async {
        time::sleep(Duration::from_secs(3600)).await;
        closed.cancel();
    });
    assert!(cooked == 0, "without an order {cooked} were cooked");
    drop(waiter);
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_cooks_go_home(broken::cook));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_cooks_go_home(fixed::cook));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::time::Duration;

use ch03_channels::lagged_is_not_closed::{broken, fixed};
use explore::FailureKind;
use tokio::sync::broadcast;
use tokio::time;

/// The exchange keeps one price for its boards. Two come at once, and the last one later.
async fn the_last_price_stays<F>(show: fn(broadcast::Receiver<u32>) -> F)
where
    F: Future<Output = Option<u32>> + Send + 'static,
{
    let (exchange, prices) = broadcast::channel(1);
    let board = tokio::spawn(show(prices));
    for price in [101, 102] {
        let _ = exchange.send(price);
    }
    time::sleep(Duration::from_secs(1)).await;
    let _ = exchange.send(99);
    drop(exchange);
    let shown = board.await.unwrap();
    assert!(
        shown == Some(99),
        "the last price is 99, and the board shows {shown:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_last_price_stays(broken::show));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_last_price_stays(fixed::show));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch06_fan_out::deaf_to_cancel::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// One order, and then the kitchen closes while the waiter still has the board.
async fn the_cooks_go_home<F>(cook: fn(mpsc::Receiver<u32>, CancellationToken) -> F)
where
    F: Future<Output = usize> + Send + 'static,
{
    let (waiter, orders) = mpsc::channel(1);
    let closed = CancellationToken::new();
    let kitchen = tokio::spawn(cook(orders, closed.clone()));
    waiter.send(17).await.expect("somebody cooks");
    closed.cancel();
    let cooked = kitchen.await.expect("the kitchen does not panic");
    assert!(cooked <= 1, "of 1 order {cooked} were cooked");
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

use std::pin::Pin;
use std::time::Duration;

use ch08_cancellation::cleanup_after_the_await::{Seats, broken, fixed};
use explore::FailureKind;
use tokio::time;

type Payment = Pin<Box<dyn Future<Output = bool>>>;

/// The payment takes a minute, and the shop gives the customer ten seconds.
async fn no_seat_stays_held(sell: impl AsyncFn(&Seats, Payment) -> bool) {
    let seats = Seats::new(0);
    let payment: Payment = Box::pin(async {
        time::sleep(Duration::from_secs(60)).await;
        true
    });
    let sold = time::timeout(Duration::from_secs(10), sell(&seats, payment)).await;
    assert!(sold.is_err(), "a payment of a minute cannot be over");
    let held = seats.held();
    assert!(held == 0, "nothing is sold, and {held} seat is held");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| no_seat_stays_held(broken::sell));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| no_seat_stays_held(fixed::sell));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

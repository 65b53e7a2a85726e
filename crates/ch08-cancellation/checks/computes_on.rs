use std::cell::Cell;
use std::rc::Rc;

use ch08_cancellation::computes_on::{broken, fixed};
use explore::FailureKind;
use tokio_util::sync::CancellationToken;

/// The driver wants to say stop from the beginning, on the same thread.
async fn the_driver_is_heard(plan: impl AsyncFn(Box<dyn Fn()>, CancellationToken)) {
    let stop = CancellationToken::new();
    let made = Rc::new(Cell::new(0));
    let heard = Cell::new(0);
    let attempts = made.clone();
    let attempt = Box::new(move || attempts.set(attempts.get() + 1));
    tokio::join!(plan(attempt, stop.clone()), async {
        heard.set(made.get());
        stop.cancel();
    });
    let heard = heard.get();
    assert!(heard <= 2, "the driver was heard after {heard} attempts");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_driver_is_heard(broken::plan));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_driver_is_heard(fixed::plan));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

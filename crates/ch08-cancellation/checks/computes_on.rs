use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

use ch08_cancellation::computes_on::{broken, fixed};
use explore::FailureKind;
use tokio_util::sync::CancellationToken;

/// The driver wants to say stop from the beginning, on the same thread.
async fn the_driver_is_heard(plan: impl AsyncFn(Box<dyn Fn()>, CancellationToken)) {
    let stop = CancellationToken::new();
    let made = Arc::new(AtomicU32::new(0));
    let attempts = made.clone();
    let attempt = Box::new(move || _ = attempts.fetch_add(1, SeqCst));
    tokio::join!(plan(attempt, stop.clone()), async {
        stop.cancel();
        let made = made.load(SeqCst);
        assert!(made <= 2, "the driver was heard after {made} attempts");
    });
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

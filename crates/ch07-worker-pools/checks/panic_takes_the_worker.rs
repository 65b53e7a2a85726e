use ch07_worker_pools::panic_takes_the_worker::{broken, fixed};
use explore::FailureKind;

/// A lab with one bench; the first order cannot be read.
async fn the_next_order_is_done<L>(lab: L, develop: impl AsyncFn(&L, &'static str) -> Option<u32>) {
    let unreadable = develop(&lab, "a dozen").await;
    assert!(unreadable.is_none(), "it was read as {unreadable:?}");
    let next = develop(&lab, "12").await;
    assert!(
        next == Some(12),
        "after an order that could not be read, the lab made {next:?} of one for 12 prints"
    );
}

#[test]
fn broken() {
    use broken::Lab;
    let verdict = explore::tasks().explore(|| the_next_order_is_done(Lab::open(1), Lab::develop));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Lab;
    let verdict = explore::tasks().explore(|| the_next_order_is_done(Lab::open(1), Lab::develop));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch07_worker_pools::panic_takes_the_worker::{broken, fixed};
use explore::FailureKind;

/// A lab with one bench; the first order cannot be read.
fn the_next_order_is_done<L>(lab: L, develop: fn(&L, &'static str) -> Option<u32>, close: fn(L)) {
    assert_eq!(develop(&lab, "a dozen"), None);
    assert_eq!(develop(&lab, "12"), Some(12));
    close(lab);
}

#[test]
fn broken() {
    use broken::Lab;
    let verdict = explore::threads()
        .explore(|| the_next_order_is_done(Lab::open(1), Lab::develop, Lab::close));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Lab;
    let verdict = explore::threads()
        .explore(|| the_next_order_is_done(Lab::open(1), Lab::develop, Lab::close));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::sync::{Arc, Mutex};

use ch01_tasks::lost_panic::{broken, fixed};
use explore::FailureKind;

type CloseDay = fn(Vec<&'static str>, Arc<Mutex<Vec<u32>>>) -> Result<(), &'static str>;

/// The second payment is not a number.
fn a_bad_payment(close_day: CloseDay) -> Result<(), &'static str> {
    let ledger = Arc::new(Mutex::new(Vec::new()));
    close_day(vec!["1250", "12,50"], ledger)
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| {
        let _ = a_bad_payment(broken::close_day);
    });
    verdict.expect_failure(FailureKind::LostPanic);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| {
        let closed = a_bad_payment(fixed::close_day);
        assert!(closed.is_err(), "the day was closed with a payment missing");
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

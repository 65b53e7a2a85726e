use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use ch05_pipelines::retried_what_was_left::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    use broken::{Busy, Order, charge};
    let verdict = explore::tasks().explore(|| async {
        let busy = AtomicBool::new(true);
        let bank = async |_cents: u32| match busy.swap(false, SeqCst) {
            true => Err(Busy),
            false => Ok(()),
        };
        let paid = charge(Order { cents: 1000 }, bank).await;
        let paid = paid.expect("the bank is busy once");
        assert!(
            paid == 1050,
            "1000 and a fee of 50 were due, and {paid} were paid"
        );
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::{Busy, Order, charge};
    let verdict = explore::tasks().explore(|| async {
        let busy = AtomicBool::new(true);
        let bank = async |_cents: u32| match busy.swap(false, SeqCst) {
            true => Err(Busy),
            false => Ok(()),
        };
        let paid = charge(Order { cents: 1000 }, bank).await;
        let paid = paid.expect("the bank is busy once");
        assert!(
            paid == 1050,
            "1000 and a fee of 50 were due, and {paid} were paid"
        );
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

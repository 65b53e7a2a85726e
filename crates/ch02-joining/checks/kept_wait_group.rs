use ch02_joining::kept_wait_group::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| {
        let mut round = broken::Round::begin();
        round.pack(17);
        round.load();
    });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| {
        let mut round = fixed::Round::begin();
        for order in [17, 18] {
            round.pack(order);
            let parcels = round.load();
            assert!(parcels == [order], "order {order} leaves as {parcels:?}");
        }
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::pin::Pin;
use std::time::Duration;

use ch08_cancellation::whose_timeout::{Refused, broken, fixed};
use explore::FailureKind;
use tokio::time;
use tokio_util::sync::CancellationToken;

type Bank = Pin<Box<dyn Future<Output = u32>>>;

/// The bank needs a minute, and the customer leaves after two seconds.
async fn it_is_known_who_gave_up(
    charge: impl AsyncFn(Bank, &CancellationToken) -> Result<u32, Refused>,
) {
    let customer = CancellationToken::new();
    let leaves = customer.clone();
    let leaving = tokio::spawn(async move {
        time::sleep(Duration::from_secs(2)).await;
        leaves.cancel();
    });
    let bank: Bank = Box::pin(async {
        time::sleep(Duration::from_secs(60)).await;
        4711
    });
    let receipt = charge(bank, &customer).await;
    leaving.await.expect("leaving does not panic");
    assert!(
        receipt == Err(Refused::Cancelled),
        "the customer left, and the answer is {receipt:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| it_is_known_who_gave_up(broken::charge));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| it_is_known_who_gave_up(fixed::charge));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

/// The receipt is there in the moment in which the time is up and the customer leaves.
#[test]
fn a_receipt_that_is_there_wins() {
    explore::tasks().check(|| async {
        let customer = CancellationToken::new();
        let leaves = customer.clone();
        let bank = async move {
            time::sleep(Duration::from_secs(10)).await;
            leaves.cancel();
            4711
        };
        let receipt = fixed::charge(bank, &customer).await;
        assert_eq!(receipt, Ok(4711), "the bank has charged the card");
    });
}

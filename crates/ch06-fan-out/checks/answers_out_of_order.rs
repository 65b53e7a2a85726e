use ch06_fan_out::answers_out_of_order::{broken, fixed};
use explore::FailureKind;
use tokio::sync::oneshot;

/// A clerk of the carrier weighs the parcel, and answers.
async fn ask(parcel: u32) -> u32 {
    let (answer, price) = oneshot::channel();
    tokio::spawn(async move {
        answer.send(parcel * 100).expect("somebody has asked");
    });
    price.await.expect("every clerk answers")
}

async fn each_parcel_has_its_own_price(price_list: impl AsyncFn(Vec<u32>) -> Vec<(u32, u32)>) {
    for (parcel, cents) in price_list(vec![1, 2]).await {
        let own = parcel * 100;
        assert!(
            cents == own,
            "parcel {parcel} costs {own}, and {cents} is on the list"
        );
    }
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| {
        each_parcel_has_its_own_price(async |parcels| broken::price_list(parcels, ask).await)
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| {
        each_parcel_has_its_own_price(async |parcels| fixed::price_list(parcels, ask).await)
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

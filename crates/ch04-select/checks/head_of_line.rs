use ch04_select::head_of_line::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

/// The first shop never answers; the second has answered already.
async fn the_offer_is_there<F>(offers: fn(Vec<mpsc::Receiver<u32>>) -> F)
where
    F: Future<Output = Vec<u32>>,
{
    let (_silent, first) = mpsc::channel(1);
    let (prompt, second) = mpsc::channel(1);
    prompt.try_send(250).expect("there is room for an offer");
    let offers = offers(vec![first, second]).await.len();
    assert!(
        offers == 1,
        "1 of 2 shops has answered, and {offers} offers are there"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_offer_is_there(broken::offers));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_offer_is_there(fixed::offers));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

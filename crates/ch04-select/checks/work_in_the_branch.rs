use std::collections::VecDeque;

use ch04_select::work_in_the_branch::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Three parcels, a belt with room for one, and a shift that ends before the belt moves.
async fn no_parcel_is_lost(
    load: impl AsyncFn(&mut VecDeque<u32>, mpsc::Sender<u32>, CancellationToken),
) {
    let mut shelf = VecDeque::from([17, 18, 19]);
    let (belt, parcels) = mpsc::channel(1);
    let shift_over = CancellationToken::new();
    let bell = shift_over.clone();
    let ringing = tokio::spawn(async move { bell.cancel() });
    load(&mut shelf, belt, shift_over).await;
    ringing.await.expect("a bell does not panic");

    let (loaded, left) = (parcels.len(), shelf.len());
    let gone = 3 - loaded - left;
    assert!(
        gone == 0,
        "of 3 parcels {loaded} went on the belt, {left} stayed, {gone} are gone"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| no_parcel_is_lost(broken::load));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| no_parcel_is_lost(fixed::load));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

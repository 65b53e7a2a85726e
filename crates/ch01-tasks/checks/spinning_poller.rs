use ch01_tasks::spinning_poller::{broken, fixed};
use explore::FailureKind;

async fn the_receipt_arrives(receipt: impl Future<Output = Option<String>>) {
    assert!(receipt.await.is_some(), "the receipt was lost");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_receipt_arrives(broken::pay(17)));
    verdict.expect_failure(FailureKind::Livelock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_receipt_arrives(fixed::pay(17)));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

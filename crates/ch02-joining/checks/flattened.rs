use ch02_joining::flattened::{Bank, broken, fixed};
use explore::FailureKind;

/// The bank is busy when it is asked for 18 first.
async fn only_18_is_asked_for_again(bank: &Bank, settle: impl Future<Output = ()>) {
    settle.await;
    let mut asked = bank.asked();
    asked.sort();
    assert!(asked == [17, 18, 18], "the bank was asked to pay {asked:?}");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let bank = Bank::open();
        only_18_is_asked_for_again(&bank, broken::settle(&[17, 18], &bank)).await;
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let bank = Bank::open();
        only_18_is_asked_for_again(&bank, fixed::settle(&[17, 18], &bank)).await;
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch02_joining::flattened_errors::{Bank, broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let bank = Bank::default();
        broken::settle(&[1, 2, 3], &bank).await;
        only_number_2_is_asked_twice(&bank);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let bank = Bank::default();
        fixed::settle(&[1, 2, 3], &bank).await;
        only_number_2_is_asked_twice(&bank);
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

fn only_number_2_is_asked_twice(bank: &Bank) {
    for (invoice, expected) in [(1, 1), (2, 2), (3, 1)] {
        let asked = bank.asked(invoice);
        assert!(
            asked == expected,
            "the bank was asked {asked} times to pay invoice {invoice}, not {expected}"
        );
    }
}

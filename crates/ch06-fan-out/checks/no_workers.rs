use ch06_fan_out::no_workers::{broken, fixed};
use explore::FailureKind;

/// Two documents with the word, on a machine with 96 MB.
async fn documents_are_searched<F>(count: fn(Vec<&'static str>, &'static str, usize) -> F)
where
    F: Future<Output = usize>,
{
    let found = count(vec!["late fee", "no fee"], "fee", 96).await;
    assert!(
        found == 2,
        "with 96 MB the word is in {found} of the documents, and it is in 2"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| documents_are_searched(broken::count));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| documents_are_searched(fixed::count));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch04_select::error_after_the_results::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

/// The reader fails after the first amount.
async fn half_a_statement_has_no_total<F>(
    total: fn(mpsc::Receiver<i64>, mpsc::Receiver<&'static str>) -> F,
) where
    F: Future<Output = Result<i64, &'static str>>,
{
    let (amount, amounts) = mpsc::channel(1);
    let (error, errors) = mpsc::channel(1);
    let reading = tokio::spawn(async move {
        amount.send(250).await.expect("somebody adds up");
        let _ = error.send("line 2 is not a number").await;
    });
    let total = total(amounts, errors).await;
    reading.await.expect("reading does not panic");
    assert!(total.is_err(), "half a statement has a total: {total:?}");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| half_a_statement_has_no_total(broken::total));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| half_a_statement_has_no_total(fixed::total));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

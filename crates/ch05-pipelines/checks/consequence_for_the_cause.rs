use ch05_pipelines::consequence_for_the_cause::{broken, fixed};
use explore::FailureKind;

/// The second of four prices has a letter in it.
async fn the_error_is_the_one_of_the_line(
    total: impl AsyncFn(Vec<&'static str>) -> Result<u32, broken::Failure>,
) {
    let total = total(vec!["120", "12O", "80", "95"]).await;
    let error = total.expect_err("one of the prices is not a number");
    assert!(
        error.is::<std::num::ParseIntError>(),
        "the price 12O is not a number, and the error is: {error}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_error_is_the_one_of_the_line(broken::total));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_error_is_the_one_of_the_line(fixed::total));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

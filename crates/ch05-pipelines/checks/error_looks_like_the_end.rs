use std::num::ParseIntError;

use ch05_pipelines::error_looks_like_the_end::{broken, fixed};
use explore::FailureKind;

/// The second of three lines is not a number.
async fn a_part_is_not_a_total(
    total: impl AsyncFn(Vec<&'static str>) -> Result<u32, ParseIntError>,
) {
    let total = total(vec!["410", "unreadable", "395"]).await;
    assert!(
        total.is_err(),
        "one of three lines cannot be read, and the total is {total:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| a_part_is_not_a_total(broken::total));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| a_part_is_not_a_total(fixed::total));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

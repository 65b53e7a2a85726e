use std::time::Duration;

use ch08_cancellation::clone_for_child::{broken, fixed};
use explore::FailureKind;
use tokio_util::sync::CancellationToken;

/// Two files from a fast mirror and a slow one; nobody says stop.
async fn one_file_after_the_other(
    fetch: impl AsyncFn([Duration; 2], &CancellationToken) -> Option<Duration>,
) {
    let mirrors = [1, 60].map(Duration::from_secs);
    let stop = CancellationToken::new();
    let mut fetched = 0;
    for _ in 0..2 {
        fetched += u32::from(fetch(mirrors, &stop).await.is_some());
    }
    assert!(
        fetched == 2,
        "nobody said stop, and {fetched} of 2 files came"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| one_file_after_the_other(broken::fetch));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| one_file_after_the_other(fixed::fetch));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::time::Duration;

use ch08_cancellation::clone_for_child::{broken, fixed};
use explore::FailureKind;
use tokio_util::sync::CancellationToken;

/// One file, from a fast mirror and a slow one; nobody says stop.
async fn only_the_loser_ends(
    fetch: impl AsyncFn([Duration; 2], &CancellationToken) -> Option<Duration>,
) {
    let mirrors = [1, 60].map(Duration::from_secs);
    let stop = CancellationToken::new();
    let fastest = fetch(mirrors, &stop).await;
    assert!(fastest == Some(mirrors[0]), "the fastest was {fastest:?}");
    assert!(
        !stop.is_cancelled(),
        "nobody said stop, and the stop of every download is cancelled"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| only_the_loser_ends(broken::fetch));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| only_the_loser_ends(fixed::fetch));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

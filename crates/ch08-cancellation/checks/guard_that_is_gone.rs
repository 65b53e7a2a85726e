use std::time::Duration;

use ch08_cancellation::guard_that_is_gone::{broken, fixed};
use explore::FailureKind;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// A film of two frames, which takes two seconds.
async fn it_is_over_at_the_end<F>(render: fn(u32, CancellationToken) -> F)
where
    F: Future<Output = ()>,
{
    let start = Instant::now();
    let over = CancellationToken::new();
    let end = over.clone();
    let watching = tokio::spawn(async move {
        end.cancelled().await;
        start.elapsed()
    });
    render(2, over).await;
    let watched = watching.await.expect("watching does not panic");
    assert!(
        watched == Duration::from_secs(2),
        "a film of 2 s was said to be over after {} s",
        watched.as_secs()
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| it_is_over_at_the_end(broken::render));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| it_is_over_at_the_end(fixed::render));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

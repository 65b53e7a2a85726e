use ch05_pipelines::drain_without_end::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver};
use tokio_util::sync::CancellationToken;

/// The turnstile stays where it is when the museum closes.
async fn it_ends_after_the_close(count: impl AsyncFn(Receiver<()>, CancellationToken) -> usize) {
    let (turnstile, visitors) = mpsc::channel(2);
    let closing = CancellationToken::new();
    turnstile.send(()).await.expect("it is open");
    closing.cancel();
    let count = count(visitors, closing).await;
    assert!(count == 1, "one visitor came, and {count} were counted");
    let late = turnstile.try_send(());
    assert!(late.is_err(), "somebody was let in after the close");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| it_ends_after_the_close(broken::count));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| it_ends_after_the_close(fixed::count));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

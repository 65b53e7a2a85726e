use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use ch05_pipelines::abandoned_at_the_deadline::{broken, fixed};
use explore::FailureKind;
use tokio::time;

const SECOND: Duration = Duration::from_secs(1);

/// An export of an hour, and a minute to close.
async fn nothing_is_written_after_the_close<E>(
    mut exports: E,
    start: impl Fn(&mut E, std::pin::Pin<Box<dyn Future<Output = ()> + Send>>),
    close: impl AsyncFn(E, Duration) -> bool,
) {
    let written = Arc::new(AtomicBool::new(false));
    let file = Arc::clone(&written);
    start(
        &mut exports,
        Box::pin(async move {
            time::sleep(3600 * SECOND).await;
            file.store(true, SeqCst);
        }),
    );
    let ended = close(exports, 60 * SECOND).await;
    assert!(!ended, "an hour is longer than a minute");
    time::sleep(7200 * SECOND).await;
    let written = written.load(SeqCst);
    assert!(
        !written,
        "the exports were closed after a minute, and one wrote its file after an hour"
    );
}

#[test]
fn broken() {
    use broken::Exports;
    let verdict = explore::tasks().explore(|| {
        nothing_is_written_after_the_close(Exports::none(), Exports::start, Exports::close)
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Exports;
    let verdict = explore::tasks().explore(|| {
        nothing_is_written_after_the_close(Exports::none(), Exports::start, Exports::close)
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

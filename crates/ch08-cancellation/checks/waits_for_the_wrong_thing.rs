use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use ch08_cancellation::waits_for_the_wrong_thing::{broken, fixed};
use explore::FailureKind;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// A backup that writes a copy in two pieces and, when it is stopped, removes them again, which
/// takes a second.
async fn back_up(stop: CancellationToken, pieces: Arc<AtomicU32>) {
    pieces.fetch_add(2, SeqCst);
    stop.cancelled().await;
    pieces.fetch_sub(1, SeqCst);
    time::sleep(Duration::from_secs(1)).await;
    pieces.fetch_sub(1, SeqCst);
}

fn nothing_is_left(pieces: &AtomicU32) {
    let left = pieces.load(SeqCst);
    assert!(
        left == 0,
        "all backups are stopped, and {left} of 2 pieces of a copy is left"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let mut backups = broken::Backups::default();
        let pieces = Arc::new(AtomicU32::new(0));
        let copies = pieces.clone();
        backups.start(|stop| back_up(stop, copies));
        backups.stop().await;
        nothing_is_left(&pieces);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let mut backups = fixed::Backups::default();
        let pieces = Arc::new(AtomicU32::new(0));
        let copies = pieces.clone();
        backups.start(|stop| back_up(stop, copies));
        backups.stop().await;
        nothing_is_left(&pieces);
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

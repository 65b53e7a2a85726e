use std::time::Duration;

use ch08_cancellation::waits_for_the_wrong_thing::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// A backup that, when it is stopped, needs a second to remove its half a copy.
async fn back_up(stop: CancellationToken, removed: mpsc::Sender<()>) {
    stop.cancelled().await;
    time::sleep(Duration::from_secs(1)).await;
    removed.send(()).await.expect("somebody looks");
}

fn no_half_copy_is_left(mut removed: mpsc::Receiver<()>) {
    assert!(
        removed.try_recv().is_ok(),
        "all backups have been stopped, and half a copy is left"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let mut backups = broken::Backups::default();
        let (remove, removed) = mpsc::channel(1);
        backups.start(|stop| back_up(stop, remove));
        backups.stop().await;
        no_half_copy_is_left(removed);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let mut backups = fixed::Backups::default();
        let (remove, removed) = mpsc::channel(1);
        backups.start(|stop| back_up(stop, remove));
        backups.stop().await;
        no_half_copy_is_left(removed);
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

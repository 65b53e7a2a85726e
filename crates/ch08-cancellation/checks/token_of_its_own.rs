use std::time::Duration;

use ch08_cancellation::token_of_its_own::{broken, fixed};
use explore::FailureKind;
use tokio::sync::watch;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

/// A song of three minutes; somebody says stop after two seconds.
async fn the_music_stops_at_once<F>(
    play: fn(Vec<Duration>, watch::Sender<CancellationToken>, CancellationToken) -> F,
) where
    F: Future<Output = ()>,
{
    let stop = CancellationToken::new();
    let (button, _skip) = watch::channel(CancellationToken::new());
    let neighbour = stop.clone();
    let knocking = tokio::spawn(async move {
        time::sleep(Duration::from_secs(2)).await;
        neighbour.cancel();
        Instant::now()
    });
    play(vec![Duration::from_secs(180)], button, stop).await;
    let knocked = knocking.await.expect("neighbours do not panic");
    let late = knocked.elapsed().as_secs();
    assert!(late == 0, "the music went on for {late} s after the stop");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_music_stops_at_once(broken::play));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_music_stops_at_once(fixed::play));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

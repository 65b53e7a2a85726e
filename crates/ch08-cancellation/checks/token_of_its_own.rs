use std::time::Duration;

use ch08_cancellation::token_of_its_own::{broken, fixed};
use explore::FailureKind;
use tokio::sync::watch;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// A song of three minutes; somebody says stop after two seconds.
async fn the_music_stops_at_once<F>(
    play: fn(Vec<Duration>, watch::Sender<CancellationToken>, CancellationToken) -> F,
) where
    F: Future<Output = ()>,
{
    let stop = CancellationToken::new();
    let (button, _skip) = watch::channel(CancellationToken::new());
    let song = Duration::from_secs(180);
    tokio::select! {
        biased;
        () = play(vec![song], button, stop.clone()) => {}
        () = ring_the_bell(stop) => {
            panic!("somebody said stop a second ago, and the music plays on")
        }
    }
}

/// The neighbour says stop after two seconds, and listens for another one.
async fn ring_the_bell(stop: CancellationToken) {
    time::sleep(Duration::from_secs(2)).await;
    stop.cancel();
    time::sleep(Duration::from_secs(1)).await;
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

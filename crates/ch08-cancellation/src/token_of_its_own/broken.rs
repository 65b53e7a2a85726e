//! Plays songs, with a button that skips one and a button that stops.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// Plays `songs`, given by their length, until `stop`; puts what skips the song behind `button`.
pub async fn play(
    songs: Vec<Duration>,
    button: watch::Sender<CancellationToken>,
    stop: CancellationToken,
) {
    for song in songs {
        if stop.is_cancelled() {
            return;
        }
        let skip = CancellationToken::new();
        button.send_replace(skip.clone());
        skip.run_until_cancelled(time::sleep(song)).await;
    }
}

//! Fetches files from whichever of two mirrors is faster.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// Asks both `mirrors`, each given by how long it takes; the fastest, unless `stop` comes first.
pub async fn fetch(mirrors: [Duration; 2], stop: &CancellationToken) -> Option<Duration> {
    let losers = stop.child_token();
    let mut downloads = JoinSet::new();
    for mirror in mirrors {
        downloads.spawn(download(mirror, losers.clone()));
    }
    let mut fastest = None;
    while let Some(download) = downloads.join_next().await {
        fastest = fastest.or(download.expect("a download does not panic"));
        losers.cancel();
    }
    fastest
}

/// Downloads from `mirror`; at `stop`, leaves and removes its half a file.
async fn download(mirror: Duration, stop: CancellationToken) -> Option<Duration> {
    stop.run_until_cancelled(time::sleep(mirror)).await?;
    Some(mirror)
}

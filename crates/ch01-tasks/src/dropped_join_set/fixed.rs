//! Copies a page to its mirrors.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time;

/// Sends a copy to each mirror, given with the time it takes; the address of the fastest.
pub async fn publish(
    mirrors: Vec<(&'static str, Duration)>,
    copies: mpsc::Sender<&'static str>,
) -> Option<&'static str> {
    let mut uploads = JoinSet::new();
    for (mirror, time) in mirrors {
        uploads.spawn(upload(mirror, time, copies.clone()));
    }
    // Link to the fastest, once the others have caught up.
    let fastest = uploads.join_next().await?.ok();
    while let Some(upload) = uploads.join_next().await {
        upload.expect("an upload does not panic");
    }
    fastest
}

async fn upload(
    mirror: &'static str,
    time: Duration,
    copies: mpsc::Sender<&'static str>,
) -> &'static str {
    time::sleep(time).await;
    copies
        .send(mirror)
        .await
        .expect("the mirrors are listening");
    mirror
}

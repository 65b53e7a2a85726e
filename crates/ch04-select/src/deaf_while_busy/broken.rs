//! A lawnmower that drives by itself, until somebody presses stop.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// Mows `lanes` as they come, each given by the time it takes; stands still after `stop`.
pub async fn mow(mut lanes: mpsc::Receiver<Duration>, stop: CancellationToken) {
    loop {
        tokio::select! {
            Some(lane) = lanes.recv() => drive(lane).await,
            () = stop.cancelled() => return,
        }
    }
}

async fn drive(lane: Duration) {
    time::sleep(lane).await;
}

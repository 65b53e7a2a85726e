//! A sensor that reports, and signs off when it is stopped.

use tokio::sync::mpsc;
use tokio::time::Interval;
use tokio_util::sync::CancellationToken;

use super::Report;

/// Reports at each tick until `stop`, and then signs off.
pub async fn watch(mut ticks: Interval, outbox: mpsc::Sender<Report>, stop: CancellationToken) {
    let send = |report| stop.run_until_cancelled(outbox.send(report));
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        send(Report::Alive).await;
    }
    send(Report::SignedOff).await;
}

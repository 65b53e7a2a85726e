//! Raises an alarm as soon as one of several sensors reports smoke.

use futures::stream::{self, StreamExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Waits for the first reading above the `limit`, from any of the `sensors`; none if all of them
/// are switched off before.
pub async fn alarm(sensors: Vec<mpsc::Receiver<u32>>, limit: u32) -> Option<u32> {
    let mut readings = stream::iter(sensors)
        .map(ReceiverStream::new)
        .flatten_unordered(None);
    while let Some(reading) = readings.next().await {
        if reading > limit {
            return Some(reading);
        }
    }
    None
}

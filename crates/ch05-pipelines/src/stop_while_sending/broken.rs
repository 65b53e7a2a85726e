//! Weighs parcels and prints a label for each, until it is told to stop.

use tokio::sync::mpsc::{Receiver, Sender};
use tokio_util::sync::CancellationToken;

/// Makes a label for each parcel, given by its grams; ends with the parcels, with the reader of the
/// labels, or when `stop` is cancelled.
pub async fn label(mut parcels: Receiver<u32>, labels: Sender<String>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            parcel = parcels.recv() => {
                let Some(grams) = parcel else { return };
                if labels.send(format!("{grams} g")).await.is_err() {
                    return;
                }
            }
        }
    }
}

//! Looks up addresses at a service that bears one request a second.

use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender};
use tokio::time::{self, MissedTickBehavior};

/// Looks up each address with `find`, and hands the places on.
pub async fn locate(
    mut addresses: Receiver<&'static str>,
    places: Sender<u32>,
    find: impl AsyncFn(&'static str) -> u32,
) {
    let mut second = time::interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while let Some(address) = addresses.recv().await {
        second.tick().await;
        let place = find(address).await;
        if places.send(place).await.is_err() {
            return;
        }
    }
}

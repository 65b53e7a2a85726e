//! Develops the photos of a film in a laboratory with several baths.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

/// How many photos are developed at a time.
const BATHS: usize = 2;

/// Develops all `photos`; each is given as the time that it needs.
pub async fn develop_all(photos: Vec<Duration>) {
    let share = photos.len().div_ceil(BATHS).max(1);
    let mut baths = JoinSet::new();
    for hand in photos.chunks(share) {
        let hand = hand.to_vec();
        baths.spawn(async move {
            for photo in hand {
                develop(photo).await;
            }
        });
    }
    baths.join_all().await;
}

async fn develop(photo: Duration) {
    time::sleep(photo).await;
}

//! Develops the photos of a film in a laboratory with several baths.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

/// How many photos are developed at a time.
const BATHS: usize = 2;

/// Develops all `photos`; each is given as the time that it needs.
pub async fn develop_all(photos: Vec<Duration>) {
    let tray = Arc::new(Mutex::new(photos.into_iter()));
    let mut baths = JoinSet::new();
    for _ in 0..BATHS {
        let tray = Arc::clone(&tray);
        baths.spawn(async move {
            while let Some(photo) = next(&tray) {
                develop(photo).await;
            }
        });
    }
    baths.join_all().await;
}

fn next(tray: &Mutex<impl Iterator<Item = Duration>>) -> Option<Duration> {
    tray.lock().expect("no bath panics").next()
}

async fn develop(photo: Duration) {
    time::sleep(photo).await;
}

//! A laundry: washing takes a minute, and so does drying.

use std::time::Duration;

use futures::StreamExt;
use tokio::time;

const MINUTE: Duration = Duration::from_secs(60);

async fn wash(shirt: u32) -> u32 {
    time::sleep(MINUTE).await;
    shirt
}

async fn dry(shirt: u32) -> u32 {
    time::sleep(MINUTE).await;
    shirt
}

/// Washes and dries all shirts, with one machine each.
pub async fn launder(shirts: Vec<u32>) -> Vec<u32> {
    let washed = futures::stream::iter(shirts).then(wash);
    let dried = washed.then(dry);
    dried.collect().await
}

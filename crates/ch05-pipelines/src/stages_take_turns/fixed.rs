//! A laundry: washing takes a minute, and so does drying.

use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::sync::mpsc;
use tokio::time;
use tokio_stream::wrappers::ReceiverStream;

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
    let washed = in_a_task(futures::stream::iter(shirts).then(wash));
    let dried = washed.then(dry);
    dried.collect().await
}

/// A stage that goes on while its reader is busy, one shirt ahead.
fn in_a_task(stage: impl Stream<Item = u32> + Send + 'static) -> impl Stream<Item = u32> {
    let (basket, shirts) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut stage = std::pin::pin!(stage);
        while let Some(shirt) = stage.next().await {
            if basket.send(shirt).await.is_err() {
                return;
            }
        }
    });
    ReceiverStream::new(shirts)
}

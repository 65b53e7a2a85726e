//! Stores uploads, two at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time;

use super::{Memory, Upload};

/// Reads and stores `count` uploads; no more than two are in memory at once.
pub async fn store_all(count: usize, memory: Memory) {
    let limit = Arc::new(Semaphore::new(2));
    let mut jobs = JoinSet::new();
    for _ in 0..count {
        let (limit, memory) = (Arc::clone(&limit), memory.clone());
        jobs.spawn(async move {
            let upload = memory.read();
            let _permit = limit.acquire().await.expect("the limit stays open");
            store(upload).await;
        });
    }
    while let Some(job) = jobs.join_next().await {
        job.expect("every upload is stored");
    }
}

async fn store(_upload: Upload) {
    time::sleep(Duration::from_millis(100)).await;
}

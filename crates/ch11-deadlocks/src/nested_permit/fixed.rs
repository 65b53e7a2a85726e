//! Albums and their pictures are exported, a limited number of pictures at a time.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

async fn export_picture(limit: Arc<Semaphore>, picture: u32) -> u32 {
    let _permit = limit.acquire().await.unwrap();
    picture * 10
}

/// Exports the pictures of an album side by side; returns their size.
pub async fn export_album(limit: Arc<Semaphore>, pictures: Vec<u32>) -> u32 {
    let mut exports = JoinSet::new();
    for picture in pictures {
        exports.spawn(export_picture(Arc::clone(&limit), picture));
    }
    exports.join_all().await.into_iter().sum()
}

/// Exports two albums, at most two pictures at a time.
pub async fn run() -> u32 {
    let limit = Arc::new(Semaphore::new(2));
    let portraits = tokio::spawn(export_album(Arc::clone(&limit), vec![2]));
    let holidays = export_album(limit, vec![1]).await;
    holidays + portraits.await.unwrap()
}

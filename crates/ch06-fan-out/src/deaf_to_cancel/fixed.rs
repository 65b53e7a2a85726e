//! Several cooks take orders from one board, until the kitchen closes.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How many cook at a time.
const COOKS: usize = 2;

/// What all cooks read from.
type Board = Mutex<mpsc::Receiver<u32>>;

/// Cooks `orders` until there are none, or the kitchen is `closed`; how many were cooked.
pub async fn cook(orders: mpsc::Receiver<u32>, closed: CancellationToken) -> usize {
    let board = Arc::new(Mutex::new(orders));
    let mut cooks = JoinSet::new();
    for _ in 0..COOKS {
        let (board, closed) = (Arc::clone(&board), closed.clone());
        cooks.spawn(async move {
            let mut cooked = 0;
            while let Some(Some(_order)) = closed.run_until_cancelled(next(&board)).await {
                cooked += 1;
            }
            cooked
        });
    }
    cooks.join_all().await.into_iter().sum()
}

async fn next(board: &Board) -> Option<u32> {
    board.lock().await.recv().await
}

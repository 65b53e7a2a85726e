//! Exports a ledger in the background.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

/// Exports that are under way.
pub struct Exports {
    running: JoinSet<()>,
}

impl Exports {
    /// None so far.
    pub fn none() -> Self {
        Self {
            running: JoinSet::new(),
        }
    }

    /// Starts one.
    pub fn start(&mut self, export: impl Future<Output = ()> + Send + 'static) {
        self.running.spawn(export);
    }

    /// Waits until they have ended, and at most so long; whether they have.
    pub async fn close(mut self, at_most: Duration) -> bool {
        let all = async { while self.running.join_next().await.is_some() {} };
        let ended = time::timeout(at_most, all).await.is_ok();
        self.running.shutdown().await;
        ended
    }
}

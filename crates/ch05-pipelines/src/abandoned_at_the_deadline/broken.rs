//! Exports a ledger in the background.

use std::time::Duration;

use tokio::time;
use tokio_util::task::TaskTracker;

/// Exports that are under way.
pub struct Exports {
    running: TaskTracker,
}

impl Exports {
    /// None so far.
    pub fn none() -> Self {
        Self {
            running: TaskTracker::new(),
        }
    }

    /// Starts one.
    pub fn start(&mut self, export: impl Future<Output = ()> + Send + 'static) {
        self.running.spawn(export);
    }

    /// Waits until they have ended, and at most so long; whether they have.
    pub async fn close(self, at_most: Duration) -> bool {
        self.running.close();
        time::timeout(at_most, self.running.wait()).await.is_ok()
    }
}

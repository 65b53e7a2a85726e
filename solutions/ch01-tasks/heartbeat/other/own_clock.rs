//! Computes by itself when the next beat is due; a `timeout` is the wait that can be interrupted.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{self, Instant};

/// A beat panicked, and with it the heartbeat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

/// Does something every so often, in the background.
pub struct Heartbeat {
    task: JoinHandle<()>,
    stop: Arc<Notify>,
}

impl Heartbeat {
    /// Begins a beat now and then one every `period`, which is not zero.
    pub fn start<F, Fut>(period: Duration, mut beat: F) -> Self
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let task = tokio::spawn(async move {
            let mut due = Instant::now();
            loop {
                beat().await;
                while due <= Instant::now() {
                    due += period;
                }
                if time::timeout_at(due, stopped.notified()).await.is_ok() {
                    break;
                }
            }
        });
        Self { task, stop }
    }

    /// Ends the heartbeat.
    ///
    /// # Errors
    ///
    /// If a beat panicked.
    pub async fn stop(mut self) -> Result<(), Panicked> {
        self.stop.notify_one();
        (&mut self.task).await.map_err(|_| Panicked)
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.task.abort();
    }
}

//! Wrong: looks at a flag before each beat, so that nobody hears of it until the next one is due.
//! Caught by: stop_does_not_wait_until_the_next_beat_is_due

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{self, MissedTickBehavior};

/// A beat panicked, and with it the heartbeat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

/// Does something every so often, in the background.
pub struct Heartbeat {
    task: JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

impl Heartbeat {
    /// Begins a beat now and then one every `period`, which is not zero.
    pub fn start<F, Fut>(period: Duration, mut beat: F) -> Self
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let task = tokio::spawn(async move {
            let mut due = time::interval(period);
            due.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                due.tick().await;
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                beat().await;
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
        self.stop.store(true, Ordering::SeqCst);
        (&mut self.task).await.map_err(|_| Panicked)
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
    }
}

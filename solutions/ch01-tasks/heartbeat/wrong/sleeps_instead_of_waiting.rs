//! Wrong: asks the task to end and sleeps for a period, by when it should be over.
//! Caught by: stop_does_not_wait_until_the_next_beat_is_due

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{self, MissedTickBehavior};
use tokio_util::sync::{CancellationToken, DropGuard};

/// A beat panicked, and with it the heartbeat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

/// Does something every so often, in the background.
pub struct Heartbeat {
    task: JoinHandle<()>,
    stopping: DropGuard,
    period: Duration,
}

impl Heartbeat {
    /// Begins a beat now and then one every `period`, which is not zero.
    pub fn start<F, Fut>(period: Duration, mut beat: F) -> Self
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let stopping = CancellationToken::new();
        let stopped = stopping.clone();
        let task = tokio::spawn(async move {
            let mut due = time::interval(period);
            due.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    () = stopped.cancelled() => break,
                    _ = due.tick() => beat().await,
                }
            }
        });
        Self {
            task,
            stopping: stopping.drop_guard(),
            period,
        }
    }

    /// Ends the heartbeat.
    ///
    /// # Errors
    ///
    /// If a beat panicked.
    pub async fn stop(self) -> Result<(), Panicked> {
        drop(self.stopping);
        time::sleep(self.period).await;
        if self.task.is_finished() {
            return self.task.await.map_err(|_| Panicked);
        }
        Ok(())
    }
}

//! Wrong: aborts the task, which cuts off a beat that has begun.
//! Caught by: stop_lets_a_beat_that_has_begun_finish

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{self, MissedTickBehavior};

/// A beat panicked, and with it the heartbeat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

/// Does something every so often, in the background.
pub struct Heartbeat {
    task: JoinHandle<()>,
}

impl Heartbeat {
    /// Begins a beat now and then one every `period`, which is not zero.
    pub fn start<F, Fut>(period: Duration, mut beat: F) -> Self
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let task = tokio::spawn(async move {
            let mut due = time::interval(period);
            due.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                due.tick().await;
                beat().await;
            }
        });
        Self { task }
    }

    /// Ends the heartbeat.
    ///
    /// # Errors
    ///
    /// If a beat panicked.
    pub async fn stop(mut self) -> Result<(), Panicked> {
        self.task.abort();
        match (&mut self.task).await {
            Err(end) if end.is_panic() => Err(Panicked),
            _ => Ok(()),
        }
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.task.abort();
    }
}

//! The task ends when the other end of a channel goes away, so there is no message to forget.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{self, MissedTickBehavior};

/// A beat panicked, and with it the heartbeat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

/// Does something every so often, in the background.
pub struct Heartbeat {
    task: JoinHandle<()>,
    line: oneshot::Sender<()>,
}

impl Heartbeat {
    /// Begins a beat now and then one every `period`, which is not zero.
    pub fn start<F, Fut>(period: Duration, mut beat: F) -> Self
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let (line, mut hung_up) = oneshot::channel();
        let task = tokio::spawn(async move {
            let mut due = time::interval(period);
            due.set_missed_tick_behavior(MissedTickBehavior::Skip);
            loop {
                tokio::select! {
                    _ = &mut hung_up => break,
                    _ = due.tick() => {}
                }
                beat().await;
            }
        });
        Self { task, line }
    }

    /// Ends the heartbeat.
    ///
    /// # Errors
    ///
    /// If a beat panicked.
    pub async fn stop(self) -> Result<(), Panicked> {
        drop(self.line);
        self.task.await.map_err(|_| Panicked)
    }
}

//! # Heartbeat
//!
//! A service reports every few seconds that it is alive. In Go that is a goroutine with a `time.Ticker`
//! and a `done` channel; the ticker drops ticks that nobody took in time, and whether anybody waits
//! for the goroutine at the end is left to taste.
//!
//! Below is a version for tokio. It beats. It does not end well.
//!
//! The rules:
//!
//! - The first beat begins at once, the next ones every `period`, counted from beginning to beginning.
//! - If a beat takes longer than that, the next one waits for it. What was missed is not made up for,
//!   except that one beat may follow at once.
//! - `stop` lets a beat that has begun finish, and returns when it is over; after that, none begins. It
//!   does not wait until the next beat would be due.
//! - A beat that panics is the last one, and `stop` reports it.
//! - A heartbeat that is dropped without `stop` ends as well. It may cut a beat short.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time;

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
            loop {
                beat().await;
                time::sleep(period).await;
            }
        });
        Self { task }
    }

    /// Ends the heartbeat.
    ///
    /// # Errors
    ///
    /// If a beat panicked.
    pub async fn stop(self) -> Result<(), Panicked> {
        self.task.abort();
        Ok(())
    }
}

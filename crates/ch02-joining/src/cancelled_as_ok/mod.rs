//! A task that was told to stop says that all is well.
//!
//! **What goes wrong.** Every shop is counted by a task. If the caller gives up, a task stops and
//! returns `Ok(0)`, for stopping when asked is no failure. The sum of those that were faster then
//! passes for the turnover of all: `Ok(700)`, with a shop missing.
//!
//! **In Go** it is `case <-ctx.Done(): return nil` in an `errgroup`, which reads like good manners.
//! In a guide's version the deadline of the caller ended the work after 58 of 100 results, and the
//! error was `nil`. **In Rust** the types do not help either: `Ok(0)` and `Ok(())` are there to be
//! written. The set does better by itself. A task that is aborted comes home as `Err`, and
//! `JoinError::is_cancelled` tells it from a panic.
//!
//! **The mend.** A task that did not do its work returns an error, whatever the reason. Who asked
//! it to stop may then ignore that error, because he knows. Nobody else can.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that cancels half-way and looks at the
//! result, and not only at whether everybody has gone home.
//!
//! Covers: a:P75, a:S121, a:E88

pub mod broken;
pub mod fixed;

use std::time::Duration;

use tokio::time;

/// A shop that is asked for its turnover.
#[derive(Clone, Copy)]
pub struct Shop {
    /// How long it takes to count.
    pub counts_for: Duration,
    /// In cents.
    pub turnover: u32,
}

/// Not every shop has been counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incomplete;

impl Shop {
    async fn count(self) -> u32 {
        time::sleep(self.counts_for).await;
        self.turnover
    }
}

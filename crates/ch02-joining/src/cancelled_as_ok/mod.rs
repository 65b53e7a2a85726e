//! TODO

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

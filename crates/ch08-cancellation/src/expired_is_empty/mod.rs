//! TODO

pub mod broken;
pub mod fixed;

use std::time::Duration;

use tokio::time;

/// A library that can be asked for a book.
#[derive(Debug, Clone, Copy)]
pub struct Library {
    /// How long it takes to look.
    pub looks_for: Duration,
    /// Where the book stands.
    pub mark: u32,
}

impl Library {
    async fn ask(&self) -> u32 {
        time::sleep(self.looks_for).await;
        self.mark
    }
}

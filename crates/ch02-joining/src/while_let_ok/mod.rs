//! TODO

pub mod broken;
pub mod fixed;

use std::time::Duration;

use tokio::time;

/// A supplier who is asked for an offer.
#[derive(Clone, Copy)]
pub struct Supplier {
    /// How long an answer takes.
    pub answers_in: Duration,
    /// The price in cents, or nothing if the article is sold out.
    pub price: Option<u32>,
}

/// There is none left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoldOut;

impl Supplier {
    /// Asks for an offer, in cents.
    async fn offer(self) -> Result<u32, SoldOut> {
        time::sleep(self.answers_in).await;
        self.price.ok_or(SoldOut)
    }
}

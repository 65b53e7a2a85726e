//! The loop that collects results ends at the first failure, and nobody notices.
//!
//! **What goes wrong.** `while let Some(Ok(Ok(price)))` goes on as long as results come and are
//! good. A supplier who is sold out ends the loop as if there were no more. The function returns
//! the best price so far, and the `JoinSet` goes out of scope and aborts whoever has not answered
//! yet.
//!
//! **In Go** errors travel in a channel of their own, and the usual mistake is to read one: a
//! guide's version keeps the first error and drops the rest, and starts a goroutine for each item
//! without a limit. **In Rust** result and error come home in one value, which makes it harder to
//! lose the error and easier to take "an error" for "the end". `join_next` nests three answers: is
//! there one more (`Option`), did it panic (`JoinError`), did it go well (`Result`).
//!
//! **The mend.** Let the loop ask the first question only, and answer the others inside. Here a
//! supplier without the article is no reason to stop, so the loop says so. Its relative
//! `while set.join_next().await.is_some() {}` waits for all and swallows both kinds of failure.
//!
//! **Who catches it.** Neither rustc nor clippy has a word for either loop. A test in which bad
//! news comes before the last answer.
//!
//! Covers: a:P69, c:S7, c:E78

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

//! A decision that is made and not told.
//!
//! **What goes wrong.** A trip is booked at all its hotels and airlines or at none: all vote, and
//! all wait for what comes of it. When somebody says no, there is nothing left to count, and `book`
//! returns. But those who said yes still keep a room free and wait to hear. The branch that gives
//! up has forgotten them. As long as all say yes, the two programs do the same.
//!
//! **In Go** a guide's two-phase commit has this branch, empty but for a comment. With one vote
//! against, five of five workers waited for ever. **In Rust** it could not happen if the sender of
//! the decision were a local variable: `return` drops it, and whoever waits gets an error and may
//! give up by itself. It does happen when the sender lives on, here in the `Trip`, which still
//! exists and could yet decide.
//!
//! **The mend.** Tell the decision on every way out. Better, make it impossible not to:
//! `book(self)` drops the trip at the end, and `hotel` already takes a sender that is gone for a
//! no.
//!
//! **Who catches it.** Nobody at compile time. A test with one vote against that asks everybody,
//! and not only `book`. The exercise `two-phase-commit` goes on from here.
//!
//! Covers: a:P38, a:S58, a:E40

pub mod broken;
pub mod fixed;

use tokio::sync::{mpsc, watch};

/// What becomes of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Not everybody has voted.
    Open,
    /// It is booked, with all its parts.
    Book,
    /// It is not, with none of them.
    Cancel,
}

/// A hotel that has a room: says so, and keeps the room free until there is a decision.
pub async fn hotel(votes: mpsc::Sender<bool>, mut decision: watch::Receiver<Decision>) -> Decision {
    // Nobody counts any more once somebody has said no.
    let _ = votes.send(true).await;
    drop(votes);
    let decided = decision.wait_for(|decision| *decision != Decision::Open);
    decided.await.map_or(Decision::Cancel, |decision| *decision)
}

//! TODO

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
    let decided = decision.wait_for(|decision| *decision != Decision::Open);
    decided.await.map_or(Decision::Cancel, |decision| *decision)
}

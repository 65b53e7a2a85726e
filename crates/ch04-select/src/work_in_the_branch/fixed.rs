//! Moves parcels from a shelf to the belt, until the shift is over.

use std::collections::VecDeque;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Puts parcels on the `belt` in their order; at the end of the shift the rest stays on the shelf.
pub async fn load(
    shelf: &mut VecDeque<u32>,
    belt: mpsc::Sender<u32>,
    shift_over: CancellationToken,
) {
    while !shelf.is_empty() {
        tokio::select! {
            room = belt.reserve() => room.expect("the belt runs").send(take(shelf)),
            () = shift_over.cancelled() => return,
        }
    }
}

fn take(shelf: &mut VecDeque<u32>) -> u32 {
    shelf.pop_front().expect("the shelf is not empty")
}

//! A sleep that is to outlive the turn, and may still be moved.
//!
//! In Go `timer.C` is a channel like any other. In Rust a `Sleep` that has been polled is known to
//! the timer by its address, so it must not move any more, and `&mut sleep` is a future only if
//! that is promised. `tokio::pin!(sleep)` in front of the loop promises it; so does `Box::pin`.

// refused: E0277

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

pub async fn count(mut visitors: mpsc::Receiver<u32>) -> u32 {
    let mut count = 0;
    let mut closing = time::sleep(Duration::from_secs(3600));
    loop {
        tokio::select! { //~
            Some(_) = visitors.recv() => count += 1,
            () = &mut closing => return count,
        }
    }
}

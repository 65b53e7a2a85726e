//! A `select!` whose branches have different values.
//!
//! In Go `select` is a statement; each case assigns to whatever it likes, and a case that forgets
//! to leaves the zero value. In Rust `select!` is an expression, like `match`, and every branch has
//! to give a value of the same type.

// refused: E0308

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

pub async fn price(mut offers: mpsc::Receiver<u32>) -> Option<u32> {
    tokio::select! {
        offer = offers.recv() => offer,
        () = time::sleep(Duration::from_secs(2)) => 0, //~
    }
}

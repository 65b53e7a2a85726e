//! Two branches of one `select!` that receive from the same channel.
//!
//! In Go any number of cases may receive from the same channel. In Rust each `recv` borrows the
//! receiver as `&mut` for as long as it waits, and both wait at the same time. One branch and a
//! `match` on the message says the same.

// refused: E0499

use tokio::sync::mpsc;

pub async fn first_two(mut orders: mpsc::Receiver<u32>) -> Option<u32> {
    tokio::select! {
        express = orders.recv() => express,
        ordinary = orders.recv() => ordinary, //~
    }
}

//! A receive that does not ask whether there was anything.
//!
//! In Go `order := <-orders` yields a zero value when the channel is closed; a guide's worker packed
//! 98 phantom orders beside 90 real ones. In Rust `recv` yields an `Option`, and one has to say
//! where the `None` goes: `let Some(order) = … else`, `while let`, `match`.

// refused: E0005

use tokio::sync::mpsc;

pub async fn pack_next(mut orders: mpsc::Receiver<u32>) {
    let Some(order) = orders.recv().await; //~
    println!("order {order} is packed");
}

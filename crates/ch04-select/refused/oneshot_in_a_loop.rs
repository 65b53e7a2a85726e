//! A future that is given away in the first turn of a loop.
//!
//! In Go `case r := <-reply` may stand in a loop; once the answer is there, the case blocks, or,
//! with a closed channel, spins. In Rust `reply` is a future, and to await it is to give it away:
//! in the second turn there is nothing left to wait for. Lend it, with `receipt = &mut reply`, and
//! leave the loop when it has answered.

// refused: E0382

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time;

pub async fn wait(reply: oneshot::Receiver<String>) -> Option<String> {
    loop {
        tokio::select! {
            receipt = reply => return receipt.ok(), //~
            () = time::sleep(Duration::from_secs(1)) => println!("still waiting"),
        }
    }
}

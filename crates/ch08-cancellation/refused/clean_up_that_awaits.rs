//! A guard whose clean-up has to wait.
//!
//! In Go `defer` may do anything, and block. In Rust `drop` is no `async fn`, and there is no other
//! kind. A guard can send a message, cancel a token, or spawn what has to wait (and then somebody
//! has to wait for that task); or the clean-up stands behind the work, in a task that nobody drops.

// refused: E0728

use tokio::sync::mpsc;

pub struct Seat {
    number: u32,
    free: mpsc::Sender<u32>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let _ = self.free.send(self.number).await; //~
    }
}

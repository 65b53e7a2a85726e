//! A guard of std's mutex held while a spawned task awaits.
//!
//! A guard must be dropped on the thread that took it, and a task may go on on another thread after
//! every `.await`. So the guard is not `Send`, the future that keeps it is not `Send`, and `spawn`
//! does not take it. Go would let the goroutine block, with the lock, for as long as it likes.
// refused: "future cannot be sent between threads safely"

use std::future::Future;
use std::sync::{Arc, Mutex};

/// What `tokio::spawn` asks of a task.
pub fn spawn(_task: impl Future<Output = ()> + Send + 'static) {}

async fn ask_the_bank() -> u64 {
    250
}

async fn refresh(balance: Arc<Mutex<u64>>) {
    let mut balance = balance.lock().unwrap();
    *balance = ask_the_bank().await;
}

pub fn start(balance: Arc<Mutex<u64>>) {
    spawn(refresh(balance)); //~
}

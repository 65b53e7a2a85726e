//! A `break` that means to leave the `select`.
//!
//! In Go `break` in a case leaves the `select` and nothing else. In a loop that is rarely what was
//! meant: a guide's batcher goes on with its loop after the `break`, and then removes the wrong
//! element. In Rust `break` does not see the `select!`: it leaves the loop around it, and without a
//! loop it is an error.

// refused: E0267

use tokio::sync::mpsc;

pub async fn greet(mut visitors: mpsc::Receiver<String>) {
    tokio::select! {
        visitor = visitors.recv() => {
            let Some(name) = visitor else {
                break; //~
            };
            println!("welcome, {name}");
        }
    }
}

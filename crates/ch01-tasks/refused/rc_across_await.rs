//! A task moves from thread to thread, and takes along what lives across an `.await`.
//!
//! Go has no such rule: a goroutine moves too, and everything may be shared. A Rust future that holds
//! an `Rc`, or the guard of a `std` mutex, while it waits cannot be given to `tokio::spawn`.
//! End its life before the `.await` (an inner block does), or hold an `Arc`.
//!
//! `spawn` here asks for the same as `tokio::spawn`, so that this file needs nothing but rustc.

// refused: "future cannot be sent between threads safely"

use std::rc::Rc;

fn spawn<F>(_task: F)
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
}

async fn send_mail(_text: &str) {}

fn main() {
    spawn(async { //~
        let template = Rc::new("your order is on its way".to_owned());
        send_mail(&template).await;
        println!("sent: {template}");
    });
}

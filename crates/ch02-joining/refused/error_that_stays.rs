//! A task whose error cannot leave the thread on which it ended.
//!
//! An `error` of Go may hold anything and go anywhere. In Rust what a task returns comes home to
//! another thread, and `Box<dyn Error>` does not promise that it can: there may be an `Rc` inside.
//! Say `Box<dyn Error + Send + Sync>`, which is what `?` makes as well, or give the error a type.

// refused: E0277

use std::error::Error;

use tokio::task::JoinSet;

async fn pay(cents: &str) -> Result<u32, Box<dyn Error>> {
    Ok(cents.parse()?)
}

pub async fn pay_all() {
    let mut payments = JoinSet::new();
    for cents in ["1250", "12,50"] {
        payments.spawn(pay(cents)); //~
    }
    while let Some(payment) = payments.join_next().await {
        println!("{payment:?}");
    }
}

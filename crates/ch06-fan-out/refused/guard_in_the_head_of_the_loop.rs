//! Workers that take jobs from one list, and keep the lock while they work.
//!
//! In Go one writes `mu.Lock()`, takes a job, writes `mu.Unlock()`, and forgets the last at times.
//! In Rust the guard is unlocked when it is dropped, and one that is made in the head of `while
//! let` lives until the end of the body: the workers would take turns. Among threads that compiles,
//! and four workers are as slow as one. In a task the guard stands over the `.await`, and a guard
//! of `std` may not go to another thread with it. Take the job in a function of its own.

// refused: "future cannot be sent between threads safely"

use std::sync::{Arc, Mutex};

async fn deliver(parcel: u32) {
    println!("delivers {parcel}");
    tokio::task::yield_now().await;
}

pub fn start(parcels: Vec<u32>) {
    let parcels = Arc::new(Mutex::new(parcels));
    for _ in 0..4 {
        let parcels = Arc::clone(&parcels);
        tokio::spawn(async move { //~
            while let Some(parcel) = parcels.lock().unwrap().pop() {
                deliver(parcel).await;
            }
        });
    }
}

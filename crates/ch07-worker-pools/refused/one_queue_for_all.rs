//! Workers that all receive from one channel of `std`.
//!
//! In Go any number of goroutines may receive from one channel; that is the whole of its worker
//! pool. The receiver of `std::sync::mpsc` is for one consumer, and cannot be shared. Crossbeam's
//! can be cloned, one for each worker. A mutex around the receiver compiles, too, and is a trap of
//! its own: chapter 3, `lock_around_recv`.

// refused: E0277

use std::sync::{Arc, mpsc};
use std::thread;

fn main() {
    let (jobs, queue) = mpsc::channel::<u32>();
    let queue = Arc::new(queue);
    for _ in 0..2 {
        let queue = Arc::clone(&queue);
        thread::spawn(move || { //~
            while let Ok(job) = queue.recv() {
                println!("{job} is done");
            }
        });
    }
    drop(jobs);
}

//! One queue, read by two workers.
//!
//! In Go this is what a channel is for. std's and tokio's channels have one receiver, and it can
//! move into one thread only. crossbeam's receivers can be cloned; otherwise it is a `Mutex` around
//! the receiver, which has a trap of its own: see `lock_around_recv`.
// refused: E0382

use std::sync::mpsc::Receiver;
use std::thread;

pub fn start_two(jobs: Receiver<u32>) {
    for _ in 0..2 {
        thread::spawn(move || jobs.iter().for_each(|job| println!("job {job}"))); //~
    }
}

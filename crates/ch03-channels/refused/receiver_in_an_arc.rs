//! One receiver, shared by pointer.
//!
//! An `Arc` shares the pointer; what it points to must be made for sharing. std's receiver is for
//! one thread at a time, so `Arc<Receiver>` cannot cross to another. Go's channels lock inside,
//! for everybody, whether there is one reader or ten.
// refused: E0277

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;

pub fn start_two(jobs: Receiver<u32>) {
    let jobs = Arc::new(jobs);
    let mine = Arc::clone(&jobs);
    thread::spawn(move || mine.iter().for_each(|job| println!("job {job}"))); //~
    jobs.iter().for_each(|job| println!("job {job}"));
}

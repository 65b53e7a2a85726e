//! A pointer into guarded data that outlives the lock.
//!
//! In Go the pointer stays good and the data race begins at the unlock. A reference got through a
//! guard borrows the guard, and the guard cannot go while it is lent.
// refused: E0505

use std::sync::Mutex;

pub fn first_job(jobs: &Mutex<Vec<String>>) -> usize {
    let guard = jobs.lock().unwrap();
    let first = &guard[0];
    drop(guard); //~
    first.len()
}

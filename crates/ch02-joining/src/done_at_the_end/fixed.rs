//! Counts the takings of all tills, a thread for each.

use std::sync::{Arc, Mutex};
use std::thread;

use super::Latch;

/// Counts down when it is dropped.
struct Done(Arc<Latch>);

impl Drop for Done {
    fn drop(&mut self) {
        self.0.done();
    }
}

/// The sum of the takings, in cents as the tills printed them; a till that printed anything else
/// is left out.
pub fn takings(tills: &[&'static str]) -> u32 {
    let sum = Arc::new(Mutex::new(0));
    let counting = Arc::new(Latch::new(tills.len()));
    for &till in tills {
        let (sum, done) = (Arc::clone(&sum), Done(Arc::clone(&counting)));
        thread::spawn(move || {
            let _done = done;
            let Ok(cents) = till.parse::<u32>() else {
                return;
            };
            *sum.lock().unwrap() += cents;
        });
    }
    counting.wait();
    *sum.lock().unwrap()
}

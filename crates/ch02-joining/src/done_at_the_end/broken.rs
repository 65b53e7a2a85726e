//! Counts the takings of all tills, a thread for each.

use std::sync::{Arc, Mutex};
use std::thread;

use super::Latch;

/// The sum of the takings, in cents as the tills printed them; a till that printed anything else
/// is left out.
pub fn takings(tills: &[&'static str]) -> u32 {
    let sum = Arc::new(Mutex::new(0));
    let counting = Arc::new(Latch::new(tills.len()));
    for &till in tills {
        let (sum, counting) = (Arc::clone(&sum), Arc::clone(&counting));
        thread::spawn(move || {
            let Ok(cents) = till.parse::<u32>() else {
                return;
            };
            *sum.lock().unwrap() += cents;
            counting.done();
        });
    }
    counting.wait();
    *sum.lock().unwrap()
}

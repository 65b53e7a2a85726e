//! A photo lab: two threads develop what is in the queue.

use std::sync::{Mutex, mpsc};
use std::thread;

/// Develops all `photos`, two at a time.
pub fn develop_all(photos: Vec<&'static str>, develop: impl Fn(&str) + Sync) {
    let (orders, queue) = mpsc::channel();
    for photo in photos {
        orders.send(photo).expect("the lab is open");
    }
    drop(orders);
    let queue = Mutex::new(queue);
    thread::scope(|lab| {
        for _ in 0..2 {
            lab.spawn(|| {
                while let Ok(photo) = queue.lock().unwrap().recv() {
                    develop(photo);
                }
            });
        }
    });
}

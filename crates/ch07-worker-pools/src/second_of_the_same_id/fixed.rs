//! Exports of data that take long, and can be stopped by their number.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex};

use tokio_util::sync::CancellationToken;

/// The exports that run.
pub struct Exports {
    running: Arc<Mutex<HashMap<u32, CancellationToken>>>,
}

impl Exports {
    /// Nothing runs yet.
    pub fn none() -> Self {
        let running = Arc::new(Mutex::new(HashMap::new()));
        Self { running }
    }

    /// Starts an export; false if it is refused.
    pub fn start(&self, number: u32, export: impl Future<Output = ()> + Send + 'static) -> bool {
        let stop = CancellationToken::new();
        match self.running.lock().unwrap().entry(number) {
            Entry::Occupied(_) => return false,
            Entry::Vacant(place) => place.insert(stop.clone()),
        };
        let running = Arc::clone(&self.running);
        tokio::spawn(async move {
            stop.run_until_cancelled(export).await;
            running.lock().unwrap().remove(&number);
        });
        true
    }

    /// Stops an export; false if it does not run.
    pub fn stop(&self, number: u32) -> bool {
        match self.running.lock().unwrap().get(&number) {
            Some(stop) => {
                stop.cancel();
                true
            }
            None => false,
        }
    }
}

//! Who is logged in, until when.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{self, Instant};

/// The sessions of a shop; a sweeper removes those that have expired.
pub struct Sessions {
    until: Arc<Mutex<BTreeMap<&'static str, Instant>>>,
}

impl Sessions {
    /// An empty store, swept once a minute.
    pub fn open() -> Self {
        let until = Arc::new(Mutex::new(BTreeMap::new()));
        let sessions = Arc::clone(&until);
        tokio::spawn(async move {
            loop {
                time::sleep(Duration::from_secs(60)).await;
                let now = Instant::now();
                sessions.lock().unwrap().retain(|_, end| *end > now);
            }
        });
        Self { until }
    }

    /// Lets `user` in for `stay`.
    pub fn log_in(&self, user: &'static str, stay: Duration) {
        let end = Instant::now() + stay;
        self.until.lock().unwrap().insert(user, end);
    }

    /// Logs everybody out and ends the store.
    pub async fn close(self) {
        self.until.lock().unwrap().clear();
    }
}

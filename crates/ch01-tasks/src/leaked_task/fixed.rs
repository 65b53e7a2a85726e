//! Who is logged in, until when.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

/// The sessions of a shop; a sweeper removes those that have expired.
pub struct Sessions {
    until: Arc<Mutex<BTreeMap<&'static str, Instant>>>,
    closing: CancellationToken,
    sweeper: JoinHandle<()>,
}

impl Sessions {
    /// An empty store, swept once a minute.
    pub fn open() -> Self {
        let until = Arc::new(Mutex::new(BTreeMap::new()));
        let sessions = Arc::clone(&until);
        let closing = CancellationToken::new();
        let closed = closing.clone();
        let sweeper = tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = closed.cancelled() => break,
                    () = time::sleep(Duration::from_secs(60)) => {}
                }
                let now = Instant::now();
                sessions.lock().unwrap().retain(|_, end| *end > now);
            }
        });
        Self {
            until,
            closing,
            sweeper,
        }
    }

    /// Lets `user` in for `stay`.
    pub fn log_in(&self, user: &'static str, stay: Duration) {
        let end = Instant::now() + stay;
        self.until.lock().unwrap().insert(user, end);
    }

    /// Logs everybody out and ends the store.
    pub async fn close(self) {
        self.until.lock().unwrap().clear();
        self.closing.cancel();
        self.sweeper.await.expect("sweeping does not panic");
    }
}

//! Sends mail, more slowly while the mail server is under load.

use std::time::Duration;

use tokio::time;

/// A sender that takes its time.
#[derive(Debug, Default)]
pub struct Sender {
    delay: Duration,
}

impl Sender {
    /// Waits as long as the load of the past asks for, and sends. `is_hot` tells whether the server
    /// is under load now.
    pub async fn send(&mut self, is_hot: bool) {
        self.delay = match is_hot {
            true => self.delay + Duration::from_millis(5),
            false => self.delay.saturating_sub(Duration::from_millis(1)),
        };
        time::sleep(self.delay).await;
    }
}

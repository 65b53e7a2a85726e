//! Sends text messages through a provider that takes ten in a second.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{self, MissedTickBehavior};

/// The provider takes no more than one message in this time.
const SPACING: Duration = Duration::from_millis(100);

/// Sends all `messages`, at least 100 ms apart.
pub async fn send_all(messages: Vec<&'static str>, provider: mpsc::Sender<&'static str>) {
    let mut turn = time::interval(SPACING);
    turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for message in messages {
        let Ok(room) = provider.reserve().await else {
            return;
        };
        turn.tick().await;
        room.send(message);
    }
}

//! Saves a text while it is being written.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// How much work may be lost at most.
const AUTOSAVE: Duration = Duration::from_millis(500);

/// Takes `keys` until there are no more; returns each version that was saved.
pub async fn write(mut keys: mpsc::Receiver<char>) -> Vec<String> {
    let mut text = String::new();
    let mut saved = Vec::new();
    loop {
        tokio::select! {
            key = keys.recv() => match key {
                Some(key) => text.push(key),
                None => return saved,
            },
            () = time::sleep(AUTOSAVE) => saved.push(text.clone()),
        }
    }
}

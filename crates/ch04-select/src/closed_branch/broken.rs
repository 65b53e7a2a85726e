//! Collects what happens in a project into one letter, so that nobody gets twenty.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// The letter is sent when nothing has happened for so long.
const SILENCE: Duration = Duration::from_secs(60);

/// Collects `news` until there is a minute of silence.
pub async fn letter(mut news: mpsc::Receiver<&'static str>) -> Vec<&'static str> {
    let mut letter = Vec::new();
    loop {
        tokio::select! {
            line = news.recv() => {
                if let Some(line) = line {
                    letter.push(line);
                }
            }
            () = time::sleep(SILENCE) => return letter,
        }
    }
}

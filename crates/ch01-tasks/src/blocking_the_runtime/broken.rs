//! Downloads a file from a mirror that is busy at times.

use std::thread;
use std::time::Duration;

use super::Busy;

/// Asks `mirror` up to three times, with half a second in between.
pub async fn download(mut mirror: impl AsyncFnMut() -> Result<String, Busy>) -> Option<String> {
    for _ in 0..3 {
        match mirror().await {
            Ok(file) => return Some(file),
            Err(Busy) => thread::sleep(Duration::from_millis(500)),
        }
    }
    None
}

//! Reads a museum's photographs and has them tagged, which takes longer.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// Reads each photograph with `read` and tags it with `tag`, a second each.
pub async fn tag_all(
    photographs: u32,
    mut read: impl FnMut(u32) + Send + 'static,
    mut tag: impl FnMut(u32),
) {
    let (shelf, mut pile) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for photograph in 0..photographs {
            read(photograph);
            if shelf.send(photograph).is_err() {
                break;
            }
        }
    });
    while let Some(photograph) = pile.recv().await {
        time::sleep(Duration::from_secs(1)).await;
        tag(photograph);
    }
}

//! Renders a film, with a watcher beside it that ends when the rendering does.

use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;

/// How long a frame takes.
const FRAME: Duration = Duration::from_secs(1);

/// Renders `frames` frames; says to the watchers of `over` that it is over, whatever happens.
pub async fn render(frames: u32, over: CancellationToken) {
    let _ = over.drop_guard();
    for _ in 0..frames {
        time::sleep(FRAME).await;
    }
}

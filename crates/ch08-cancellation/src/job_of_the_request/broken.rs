//! The counter of a print shop: takes a job, says so, and prints.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time;
use tokio_util::task::TaskTracker;

/// How long a page takes.
const PAGE: Duration = Duration::from_secs(2);

/// Serves one customer: says that the job is `accepted`, then prints it and puts it on the `shelf`.
/// Whoever closes the shop waits for the `jobs`.
pub async fn serve(
    pages: u32,
    accepted: oneshot::Sender<()>,
    shelf: mpsc::Sender<u32>,
    jobs: &TaskTracker,
) {
    let job = async move {
        time::sleep(PAGE * pages).await;
        shelf.send(pages).await.expect("there is a shelf");
    };
    let _ = accepted.send(());
    jobs.track_future(job).await;
}

//! The chapter's idea in Rust, as the book shows it: what is awaited ends when it is dropped; what
//! is spawned ends when it is told to.

use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a page takes, and an estimate of what it costs.
const PAGE: Duration = Duration::from_millis(20);

/// Prints until it is told to stop, and then ejects the page.
async fn print(stop: CancellationToken) {
    let mut pages = 0;
    while stop.run_until_cancelled(time::sleep(PAGE)).await.is_some() {
        pages += 1;
    }
    println!("stopped after {pages} pages, and ejected the next");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (service, jobs) = (CancellationToken::new(), TaskTracker::new());
    jobs.spawn(print(service.child_token()));

    let estimate = time::timeout(3 * PAGE, time::sleep(60 * PAGE));
    println!("an estimate in time: {}", estimate.await.is_ok());

    service.cancel();
    jobs.close();
    jobs.wait().await;
}

//! Prepares a customer's monthly statement, if that can be done in time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time;

/// How long a customer is asked to wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// Prepares the statement and files it in `archive`; false if there is none for lack of time.
pub async fn statement(
    month: &'static str,
    work: Duration,
    archive: Arc<Mutex<Vec<&'static str>>>,
) -> bool {
    let statement = tokio::spawn(prepare(month, work, archive));
    time::timeout(PATIENCE, statement).await.is_ok()
}

async fn prepare(month: &'static str, work: Duration, archive: Arc<Mutex<Vec<&'static str>>>) {
    time::sleep(work).await;
    archive.lock().unwrap().push(month);
}

//! A transfer that is given up when it takes too long.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

/// How long a customer waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// The balance of an account in cents.
pub type Account = Arc<Mutex<i64>>;

async fn transfer(from: Account, to: Account, amount: i64) {
    let mut source = from.lock().await;
    let mut target = to.lock().await;
    *source -= amount;
    *target += amount;
}

/// Transfers within the customer's patience; says whether the money was moved.
pub async fn transfer_in_time(from: &Account, to: &Account, amount: i64) -> bool {
    let work = tokio::spawn(transfer(Arc::clone(from), Arc::clone(to), amount));
    timeout(PATIENCE, work).await.is_ok()
}

/// Alice pays Bob while Bob pays Alice; returns what both have together in the end.
pub async fn run() -> i64 {
    let alice = Arc::new(Mutex::new(100));
    let bob = Arc::new(Mutex::new(50));
    let (payer, payee) = (Arc::clone(&bob), Arc::clone(&alice));
    let back = tokio::spawn(async move { transfer_in_time(&payer, &payee, 20).await });
    transfer_in_time(&alice, &bob, 30).await;
    back.await.unwrap();
    *alice.lock().await + *bob.lock().await
}

//! Adds up the takings of several shops by currency.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::Ledger;

/// The takings of all `shops`; `takings` asks one of them.
pub async fn close_the_books<F>(shops: Vec<u32>, takings: fn(u32) -> F) -> Ledger
where
    F: Future<Output = (&'static str, u64)> + Send + 'static,
{
    let ledger = Arc::new(Mutex::new(Ledger::new()));
    let mut clerks = JoinSet::new();
    for shop in shops {
        let ledger = Arc::clone(&ledger);
        clerks.spawn(async move {
            let mut ledger = ledger.lock().await;
            let (currency, cents) = takings(shop).await;
            *ledger.entry(currency).or_default() += cents;
        });
    }
    clerks.join_all().await;
    let ledger = ledger.lock().await;
    ledger.clone()
}

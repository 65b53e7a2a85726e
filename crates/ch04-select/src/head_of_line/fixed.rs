//! Asks several shops for their price.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time;

/// How long a customer waits for offers.
const PATIENCE: Duration = Duration::from_secs(2);

/// The offers, in cents, of all `shops` that answer within two seconds.
pub async fn offers(shops: Vec<oneshot::Receiver<u32>>) -> Vec<u32> {
    let mut offers = Vec::new();
    let mut shops: JoinSet<_> = shops.into_iter().collect();
    let collecting = async {
        while let Some(shop) = shops.join_next().await {
            if let Ok(Ok(offer)) = shop {
                offers.push(offer);
            }
        }
    };
    let _ = time::timeout(PATIENCE, collecting).await;
    offers
}

//! Asks several shops for their price.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// How long a customer waits for offers.
const PATIENCE: Duration = Duration::from_secs(2);

/// The offers, in cents, of all `shops` that answer within two seconds.
pub async fn offers(shops: Vec<mpsc::Receiver<u32>>) -> Vec<u32> {
    let mut offers = Vec::new();
    let collecting = async {
        for mut shop in shops {
            if let Some(offer) = shop.recv().await {
                offers.push(offer);
            }
        }
    };
    let _ = time::timeout(PATIENCE, collecting).await;
    offers
}

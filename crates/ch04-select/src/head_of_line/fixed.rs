//! Asks several shops for their price.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time;

/// How long a customer waits for offers.
const PATIENCE: Duration = Duration::from_secs(2);

/// The offers, in cents, of all `shops` that answer within two seconds.
pub async fn offers(shops: Vec<mpsc::Receiver<u32>>) -> Vec<u32> {
    let mut offers = Vec::new();
    let mut answers = JoinSet::new();
    for mut shop in shops {
        answers.spawn(async move { shop.recv().await });
    }
    let collecting = async {
        while let Some(answer) = answers.join_next().await {
            if let Ok(Some(offer)) = answer {
                offers.push(offer);
            }
        }
    };
    let _ = time::timeout(PATIENCE, collecting).await;
    offers
}

//! Finds the best offer.

use tokio::task::JoinSet;

use super::Supplier;

/// Asks all suppliers at once; the lowest price in cents among those who still have the article.
pub async fn best_offer(suppliers: Vec<Supplier>) -> Option<u32> {
    let mut offers = JoinSet::new();
    for supplier in suppliers {
        offers.spawn(supplier.offer());
    }
    let mut best: Option<u32> = None;
    while let Some(offer) = offers.join_next().await {
        if let Ok(price) = offer.expect("asking does not panic") {
            best = Some(best.map_or(price, |best| best.min(price)));
        }
    }
    best
}

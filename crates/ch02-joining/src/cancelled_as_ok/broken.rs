//! Adds up what all shops have sold.

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Incomplete, Shop};

/// The turnover of all shops together, in cents.
///
/// # Errors
///
/// When it was told to stop before every shop had been counted.
pub async fn turnover(shops: Vec<Shop>, stop: CancellationToken) -> Result<u32, Incomplete> {
    let mut counts = JoinSet::new();
    for shop in shops {
        let stop = stop.clone();
        counts.spawn(async move {
            tokio::select! {
                () = stop.cancelled() => Ok(0),
                cents = shop.count() => Ok(cents),
            }
        });
    }
    let mut total = 0;
    while let Some(count) = counts.join_next().await {
        total += count.expect("counting does not panic")?;
    }
    Ok(total)
}

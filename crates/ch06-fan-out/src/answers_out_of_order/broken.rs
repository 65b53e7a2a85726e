//! Asks a carrier what each parcel of a shipment costs.

use futures::stream::{self, StreamExt};

/// How many questions a carrier answers at a time.
const AT_ONCE: usize = 2;

/// Each parcel with its price in cents. `price` asks the carrier for the price of one parcel.
pub async fn price_list<F>(parcels: Vec<u32>, price: impl Fn(u32) -> F) -> Vec<(u32, u32)>
where
    F: Future<Output = u32>,
{
    let prices: Vec<u32> = stream::iter(parcels.clone())
        .map(price)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    parcels.into_iter().zip(prices).collect()
}

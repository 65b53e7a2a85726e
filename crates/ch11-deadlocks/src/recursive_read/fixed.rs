//! A catalogue that many read and one updates.

use std::sync::Arc;

use tokio::sync::RwLock;

/// What an article costs.
pub struct Catalogue {
    prices: RwLock<Prices>,
}

/// The net price of the one article, and the tax on it.
struct Prices {
    net: u32,
    tax_percent: u32,
}

impl Prices {
    fn tax(&self) -> u32 {
        self.net * self.tax_percent / 100
    }
}

impl Catalogue {
    /// An article of `net` cents, without the tax on it.
    pub fn new(net: u32, tax_percent: u32) -> Self {
        Self {
            prices: RwLock::new(Prices { net, tax_percent }),
        }
    }

    /// What a customer pays, in cents.
    pub async fn gross(&self) -> u32 {
        let prices = self.prices.read().await;
        prices.net + prices.tax()
    }

    /// Sets a new net price.
    pub async fn reprice(&self, net: u32) {
        self.prices.write().await.net = net;
    }
}

/// Asks for the price while it is changed.
pub async fn run() -> u32 {
    let catalogue = Arc::new(Catalogue::new(100, 20));
    let shop = Arc::clone(&catalogue);
    let update = tokio::spawn(async move { shop.reprice(200).await });
    let gross = catalogue.gross().await;
    update.await.unwrap();
    gross
}

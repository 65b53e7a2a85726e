//! Every shop is counted by a task of its own; the results come through one channel.

use tokio::sync::mpsc;

/// Stands for a query to the shop's own database.
async fn count(shop: &str) -> usize {
    shop.len()
}

/// How many articles all shops have in stock.
pub async fn stock(shops: &[&'static str]) -> usize {
    let (results, mut counts) = mpsc::channel(8);
    for shop in shops.iter().copied() {
        let results = results.clone();
        tokio::spawn(async move {
            let _ = results.send(count(shop).await).await;
        });
    }
    drop(results);
    let mut total = 0;
    while let Some(articles) = counts.recv().await {
        total += articles;
    }
    total
}

/// Counts two shops.
pub async fn run() -> usize {
    stock(&["north", "south"]).await
}

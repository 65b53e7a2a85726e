//! The chapter's idea in Rust, as the book shows it: a loop that waits for orders and for a stop.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Packs orders until there are no more, or it is to stop.
async fn pack(stop: CancellationToken, mut orders: mpsc::Receiver<u32>) -> Vec<u32> {
    let mut packed = Vec::new();
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(order) => packed.push(order),
                None => return packed,
            },
            () = stop.cancelled() => return packed,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (counter, orders) = mpsc::channel(2);
    for order in [17, 18] {
        counter.send(order).await.expect("somebody packs");
    }
    drop(counter);
    let packed = pack(CancellationToken::new(), orders).await;
    println!("packed {packed:?}");
}

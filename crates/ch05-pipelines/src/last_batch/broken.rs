//! Packs letters into bags of three.

use tokio::sync::mpsc::{Receiver, Sender};

/// How many letters go into a bag.
const FULL: usize = 3;

/// A bag of letters.
pub type Bag = Vec<u32>;

/// Packs until there are no more letters, or nobody takes the bags.
pub async fn pack(mut letters: Receiver<u32>, bags: Sender<Bag>) {
    let mut bag = Bag::new();
    while let Some(letter) = letters.recv().await {
        bag.push(letter);
        if bag.len() == FULL {
            let full = std::mem::take(&mut bag);
            if bags.send(full).await.is_err() {
                return;
            }
        }
    }
}

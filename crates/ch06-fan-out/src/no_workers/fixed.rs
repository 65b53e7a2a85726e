//! Searches documents for a word, with as many workers as the memory carries.

use std::sync::{Arc, Mutex};

use tokio::task::JoinSet;

/// What one worker needs, in megabytes.
const PER_WORKER: usize = 50;

/// How many `documents` contain the `word`. Half of the memory, in megabytes, is for the workers.
pub async fn count(documents: Vec<&'static str>, word: &'static str, memory: usize) -> usize {
    let workers = (memory / 2 / PER_WORKER).max(1);
    let pile = Arc::new(Mutex::new(documents));
    let mut searching = JoinSet::new();
    for _ in 0..workers {
        let pile = Arc::clone(&pile);
        searching.spawn(async move {
            let mut found = 0;
            while let Some(document) = next(&pile) {
                found += usize::from(document.contains(word));
                tokio::task::yield_now().await;
            }
            found
        });
    }
    searching.join_all().await.into_iter().sum()
}

fn next(pile: &Mutex<Vec<&'static str>>) -> Option<&'static str> {
    pile.lock().expect("no worker panics").pop()
}

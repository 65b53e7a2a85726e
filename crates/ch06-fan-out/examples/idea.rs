//! The chapter's idea in Rust, as the book shows it: the same work spread out in three ways.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use tokio::task::JoinSet;
use tokio::time;

async fn translate(page: u32) -> String {
    time::sleep(Duration::from_millis(10)).await;
    format!("page {page}")
}

/// A task for each page. Nothing bounds how many there are.
async fn a_task_for_each(pages: Vec<u32>) -> Vec<String> {
    let mut tasks = JoinSet::new();
    for page in pages {
        tasks.spawn(translate(page));
    }
    tasks.join_all().await
}

/// Three workers and one pile.
async fn workers(pages: Vec<u32>) -> Vec<String> {
    let pile = Arc::new(Mutex::new(pages.into_iter()));
    let next = |pile: &Mutex<std::vec::IntoIter<u32>>| pile.lock().expect("no panic").next();
    let mut workers = JoinSet::new();
    for _ in 0..3 {
        let pile = Arc::clone(&pile);
        workers.spawn(async move {
            let mut translated = Vec::new();
            while let Some(page) = next(&pile) {
                translated.push(translate(page).await);
            }
            translated
        });
    }
    workers.join_all().await.concat()
}

/// Three futures at a time, in one task, and the answers in the order of the pages.
async fn stream(pages: Vec<u32>) -> Vec<String> {
    let translated = stream::iter(pages).map(translate).buffered(3);
    translated.collect().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pages: Vec<u32> = (1..=6).collect();
    println!("{:?}", a_task_for_each(pages.clone()).await);
    println!("{:?}", workers(pages.clone()).await);
    println!("{:?}", stream(pages).await);
}

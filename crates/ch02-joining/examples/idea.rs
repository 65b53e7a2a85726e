//! The chapter's idea in Rust, as the book shows it: a thread for each shelf, then a task for each.

use std::thread;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

/// How many pieces lie on all shelves: a thread for each, which borrows its shelf.
fn count_all(shelves: &[Shelf]) -> u32 {
    thread::scope(|scope| {
        let counts: Vec<_> = shelves
            .iter()
            .map(|shelf| scope.spawn(|| shelf.count()))
            .collect();
        counts
            .into_iter()
            .map(|count| count.join().expect("counting does not panic"))
            .sum()
    })
}

/// The same with a task for each, which owns its shelf. One that cannot be counted stops the rest.
async fn count_all_remote(shelves: Vec<Shelf>) -> Result<u32, Unreadable> {
    let mut counts = JoinSet::new();
    for shelf in shelves {
        counts.spawn(shelf.count_remote());
    }
    let mut total = 0;
    while let Some(count) = counts.join_next().await {
        total += count.expect("counting does not panic")?;
    }
    Ok(total)
}

struct Shelf(Vec<u32>);

#[derive(Debug)]
struct Unreadable;

impl Shelf {
    fn count(&self) -> u32 {
        self.0.iter().sum()
    }

    async fn count_remote(self) -> Result<u32, Unreadable> {
        time::sleep(Duration::from_millis(1)).await;
        match self.0.is_empty() {
            true => Err(Unreadable),
            false => Ok(self.count()),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let shelves = vec![Shelf(vec![3, 4]), Shelf(vec![5])];
    println!("{} pieces", count_all(&shelves));
    println!("{:?} pieces", count_all_remote(shelves).await);
    let unreadable = count_all_remote(vec![Shelf(vec![3]), Shelf(Vec::new())]);
    println!("{:?}", unreadable.await);
}

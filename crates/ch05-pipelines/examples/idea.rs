//! The chapter's idea in Rust, as the book shows it: numbers, squares, and those that are even; once
//! as tasks around channels, once as a stream.

use futures::{StreamExt, stream};
use tokio::sync::mpsc::{self, Receiver};

/// A stage: a task of its own, which ends when its input ends or nobody takes its output.
fn square(mut numbers: Receiver<u64>) -> Receiver<u64> {
    let (out, squares) = mpsc::channel(1);
    tokio::spawn(async move {
        while let Some(number) = numbers.recv().await {
            if out.send(number * number).await.is_err() {
                return;
            }
        }
    });
    squares
}

/// The same as a chain: one task, that of its reader.
async fn even_squares(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    stream::iter(numbers)
        .map(|number| number * number)
        .filter(|square| std::future::ready(square.is_multiple_of(2)))
        .collect()
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (source, numbers) = mpsc::channel(1);
    let mut squares = square(numbers);
    tokio::spawn(async move {
        for number in 1..=10 {
            if source.send(number).await.is_err() {
                return;
            }
        }
    });
    let mut even = Vec::new();
    while let Some(square) = squares.recv().await {
        if square.is_multiple_of(2) {
            even.push(square);
        }
    }
    println!("{even:?}");
    println!("{:?}", even_squares(1..=10).await);
}

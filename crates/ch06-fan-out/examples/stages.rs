//! Extract, transform, load: three roles, each a function from stream to stream, and one function
//! that makes a stage of n at a time out of any `async fn`.

use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use tokio::time;

/// Works on so many items of `input` at a time, each with `f`. A result comes when it is ready.
fn stage<T, U, F>(
    input: impl Stream<Item = T>,
    at_once: usize,
    f: impl FnMut(T) -> F,
) -> impl Stream<Item = U>
where
    F: Future<Output = U>,
{
    input.map(f).buffer_unordered(at_once)
}

/// The rows of a till.
fn extract() -> impl Stream<Item = &'static str> {
    stream::iter(["apples 3", "pears x", "plums 5"])
}

/// Asks for the price of a row, in cents.
async fn transform(row: &'static str) -> Result<(&'static str, u32), &'static str> {
    time::sleep(Duration::from_millis(10)).await;
    let (name, number) = row.split_once(' ').ok_or(row)?;
    let number: u32 = number.parse().map_err(|_| row)?;
    Ok((name, number * 120))
}

/// Writes a row, or says why it cannot be written.
async fn load(row: Result<(&'static str, u32), &'static str>) -> bool {
    time::sleep(Duration::from_millis(10)).await;
    match row {
        Ok((name, cents)) => println!("{name}: {cents}"),
        Err(row) => println!("not a row: {row}"),
    }
    row.is_ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let priced = stage(extract(), 2, transform);
    let written = stage(priced, 2, load);
    let good = written
        .filter(|good| std::future::ready(*good))
        .count()
        .await;
    println!("{good} of 3 rows were written");
}

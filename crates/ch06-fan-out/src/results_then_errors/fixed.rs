//! Imports the lines of an order file.

use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// How many results, and how many errors, may wait to be read.
const ROOM: usize = 1;

/// The quantities of all orders, and the lines that are none.
pub async fn import(lines: Vec<&'static str>) -> (Vec<u32>, Vec<&'static str>) {
    let (result, mut results) = mpsc::channel(ROOM);
    let (error, mut errors) = mpsc::channel(ROOM);
    let mut parsers = JoinSet::new();
    for line in lines {
        let (result, error) = (result.clone(), error.clone());
        parsers.spawn(async move {
            match line.parse() {
                Ok(quantity) => result.send(quantity).await.expect("results are read"),
                Err(_) => error.send(line).await.expect("errors are read"),
            }
        });
    }
    drop((result, error));

    tokio::join!(all(&mut results), all(&mut errors))
}

/// Everything that comes until the channel is closed.
async fn all<T>(channel: &mut mpsc::Receiver<T>) -> Vec<T> {
    let mut all = Vec::new();
    while let Some(item) = channel.recv().await {
        all.push(item);
    }
    all
}

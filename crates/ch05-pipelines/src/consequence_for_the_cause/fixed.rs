//! Adds up a price list: one task reads the lines, another one parses them.

use std::error::Error;

use tokio::sync::mpsc;

/// What can go wrong.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The sum of all prices, in cents.
///
/// # Errors
/// If a line is not a price.
pub async fn total(list: Vec<&'static str>) -> Result<u32, Failure> {
    let (rows, mut lines) = mpsc::channel(1);
    let reading = tokio::spawn(async move {
        for line in list {
            if rows.send(line).await.is_err() {
                break;
            }
        }
        Ok::<_, Failure>(())
    });
    let adding = tokio::spawn(async move {
        let mut total = 0;
        while let Some(line) = lines.recv().await {
            total += line.parse::<u32>()?;
        }
        Ok::<_, Failure>(total)
    });
    reading.await.expect("reading does not panic")?;
    adding.await.expect("adding does not panic")
}

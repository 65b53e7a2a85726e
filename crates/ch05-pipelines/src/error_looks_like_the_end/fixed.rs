//! Adds up the meter readings of a street.

use std::num::ParseIntError;

use tokio::sync::mpsc;

/// The sum of all readings.
///
/// # Errors
/// If a line is not a reading.
pub async fn total(lines: Vec<&'static str>) -> Result<u32, ParseIntError> {
    let (parsed, mut readings) = mpsc::channel(1);
    let parsing = tokio::spawn(async move {
        for line in lines {
            let reading: u32 = line.parse()?;
            if parsed.send(reading).await.is_err() {
                break;
            }
        }
        Ok::<_, ParseIntError>(())
    });
    let mut total = 0;
    while let Some(reading) = readings.recv().await {
        total += reading;
    }
    parsing.await.expect("parsing does not panic")?;
    Ok(total)
}

//! Adds up the lines of a bank statement while they are being read.

use tokio::sync::mpsc;

/// Adds up the `amounts`, in cents. Both channels close when the reader is done, or has failed.
///
/// # Errors
///
/// Says why the statement could not be read to its end.
pub async fn total(
    mut amounts: mpsc::Receiver<i64>,
    mut errors: mpsc::Receiver<&'static str>,
) -> Result<i64, &'static str> {
    let mut total = 0;
    loop {
        tokio::select! {
            amount = amounts.recv() => match amount {
                Some(amount) => total += amount,
                None => return errors.recv().await.map_or(Ok(total), Err),
            },
            Some(error) = errors.recv() => return Err(error),
        }
    }
}

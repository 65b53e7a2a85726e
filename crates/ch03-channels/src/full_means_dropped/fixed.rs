//! Audits the invoices of a year.

use tokio::sync::mpsc;

/// Finds the invoices without a number, given with their amounts; what is missing in all.
pub async fn audit(invoices: Vec<(Option<u32>, u32)>) -> u32 {
    let (findings, mut report) = mpsc::channel(1);
    tokio::spawn(async move {
        for (number, amount) in invoices {
            if number.is_none() && findings.send(amount).await.is_err() {
                break;
            }
        }
    });
    let mut missing = 0;
    while let Some(amount) = report.recv().await {
        missing += amount;
    }
    missing
}

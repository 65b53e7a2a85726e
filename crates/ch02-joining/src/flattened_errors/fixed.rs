//! Pays invoices, all at once.

use tokio::task::JoinSet;

use super::{Bank, Failure};

/// Pays the invoices; where the bank was busy it is asked once more.
pub async fn settle(invoices: &[u32], bank: &Bank) {
    let mut busy = Vec::new();
    for failure in pay_all(invoices, bank).await {
        if let Failure::Busy(invoice) = failure {
            busy.push(invoice);
        }
    }
    let _ = pay_all(&busy, bank).await;
}

async fn pay_all(invoices: &[u32], bank: &Bank) -> Vec<Failure> {
    let mut payments = JoinSet::new();
    for &invoice in invoices {
        payments.spawn(bank.clone().pay(invoice));
    }
    let mut failures = Vec::new();
    while let Some(payment) = payments.join_next().await {
        failures.extend(payment.expect("paying does not panic").err());
    }
    failures
}

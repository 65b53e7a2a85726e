//! Pays invoices, all at once.

use tokio::task::JoinSet;

use super::{Bank, Failure};

/// Pays the invoices, and tries once more where the bank was busy. What is open then waits for
/// tomorrow.
pub async fn settle(invoices: &[u32], bank: &Bank) {
    if let Err(failures) = pay_all(invoices, bank).await {
        let busy: Vec<u32> = failures.iter().filter_map(Failure::busy).collect();
        let _ = pay_all(&busy, bank).await;
    }
}

async fn pay_all(invoices: &[u32], bank: &Bank) -> Result<(), Vec<Failure>> {
    let mut payments = JoinSet::new();
    for &invoice in invoices {
        payments.spawn(bank.clone().pay(invoice));
    }
    let mut failures = Vec::new();
    while let Some(payment) = payments.join_next().await {
        if let Err(failure) = payment.expect("paying does not panic") {
            failures.push(failure);
        }
    }
    match failures.is_empty() {
        true => Ok(()),
        false => Err(failures),
    }
}

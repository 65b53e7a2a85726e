//! Pays invoices, all at once.

use tokio::task::JoinSet;

use super::Bank;

/// Pays the invoices; where the bank was busy it is asked once more.
pub async fn settle(invoices: &[u32], bank: &Bank) {
    if let Err(errors) = pay_all(invoices, bank).await
        && errors.contains("busy")
    {
        let _ = pay_all(invoices, bank).await;
    }
}

async fn pay_all(invoices: &[u32], bank: &Bank) -> Result<(), String> {
    let mut payments = JoinSet::new();
    for &invoice in invoices {
        payments.spawn(bank.clone().pay(invoice));
    }
    let mut errors = Vec::new();
    while let Some(payment) = payments.join_next().await {
        if let Err(failure) = payment.expect("paying does not panic") {
            errors.push(failure.to_string());
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors.join("; "))
    }
}

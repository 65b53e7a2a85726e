//! Mails the day's invoices.

use std::sync::{Arc, Mutex};

use tokio_util::task::TaskTracker;

/// Mails every invoice and returns when all of them are in `outbox`.
pub async fn mail_all(invoices: Vec<u32>, outbox: Arc<Mutex<Vec<u32>>>) {
    let mailing = TaskTracker::new();
    for invoice in invoices {
        let (mailing, outbox) = (mailing.clone(), Arc::clone(&outbox));
        tokio::spawn(async move {
            let _counted = mailing.token();
            outbox.lock().unwrap().push(invoice);
        });
    }
    mailing.close();
    mailing.wait().await;
}

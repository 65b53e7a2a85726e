//! Takes orders, and writes a log in which each line names the order it is about.

use tokio::sync::mpsc;

tokio::task_local! {
    static ORDER: u32;
}

/// A line of the log: the order, if it is known, and what happened.
pub type Line = (Option<u32>, &'static str);

/// Takes an order: says so to the customer, and mails the invoice meanwhile.
pub async fn take(order: u32, log: mpsc::Sender<Line>) {
    let taking = async move {
        let invoice = tokio::spawn(ORDER.scope(order, mail_invoice(log.clone())));
        write(&log, "confirmed").await;
        invoice.await.expect("mailing does not panic");
    };
    ORDER.scope(order, taking).await;
}

async fn mail_invoice(log: mpsc::Sender<Line>) {
    write(&log, "invoice mailed").await;
}

async fn write(log: &mpsc::Sender<Line>, what: &'static str) {
    let line = (ORDER.try_get().ok(), what);
    log.send(line).await.expect("there is a log");
}

use std::sync::{Arc, Mutex};

use ch02_joining::counted_inside::{broken, fixed};
use explore::FailureKind;

async fn every_invoice_is_out<F>(mail_all: fn(Vec<u32>, Arc<Mutex<Vec<u32>>>) -> F)
where
    F: Future<Output = ()>,
{
    let outbox = Arc::new(Mutex::new(Vec::new()));
    mail_all(vec![17, 18], Arc::clone(&outbox)).await;
    let out = outbox.lock().unwrap().len();
    assert!(out == 2, "{out} of 2 invoices are in the outbox");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_invoice_is_out(broken::mail_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_invoice_is_out(fixed::mail_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

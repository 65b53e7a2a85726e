use ch06_fan_out::frozen_in_the_buffer::{broken, fixed};
use explore::FailureKind;
use tokio::sync::Semaphore;

/// Two orders, and a database that takes one connection.
async fn every_order_has_an_invoice(write_invoices: impl AsyncFn(Vec<u32>, &Semaphore) -> usize) {
    let connections = Semaphore::new(1);
    let written = write_invoices(vec![1, 2], &connections).await;
    assert!(written == 2, "of 2 orders {written} have an invoice");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_order_has_an_invoice(broken::write_invoices));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_order_has_an_invoice(fixed::write_invoices));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::sync::{Arc, Mutex};

use ch01_tasks::unpolled_future::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

async fn the_customer_hears<F>(take: fn(u32, Arc<Mutex<Vec<u32>>>, mpsc::Sender<String>) -> F)
where
    F: Future<Output = ()>,
{
    let orders = Arc::new(Mutex::new(Vec::new()));
    let (mail, mut letters) = mpsc::channel(1);
    take(17, orders, mail).await;
    let letter = letters.recv().await;
    assert!(letter.is_some(), "the order was taken and never confirmed");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_customer_hears(broken::take));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_customer_hears(fixed::take));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

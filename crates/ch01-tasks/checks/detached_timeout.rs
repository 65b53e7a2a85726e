use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch01_tasks::detached_timeout::{broken, fixed};
use explore::FailureKind;
use tokio::time;

type Archive = Arc<Mutex<Vec<&'static str>>>;

/// The statement takes eight seconds, and the customer waits for five.
async fn a_late_statement_is_none<F>(statement: fn(&'static str, Duration, Archive) -> F)
where
    F: Future<Output = bool>,
{
    let archive = Arc::new(Mutex::new(Vec::new()));
    let there = statement("May", Duration::from_secs(8), Arc::clone(&archive)).await;
    assert!(!there, "a statement of eight seconds was there after five");

    time::sleep(Duration::from_secs(60)).await;
    let archive = archive.lock().unwrap();
    assert!(
        archive.is_empty(),
        "the statement that there was no time for is in the archive"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| a_late_statement_is_none(broken::statement));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| a_late_statement_is_none(fixed::statement));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::time::Duration;

use ch04_select::throttled_when_full::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time::Instant;

type Provider = mpsc::Sender<&'static str>;

/// The provider takes whatever comes.
async fn two_messages_are_apart<F>(send_all: fn(Vec<&'static str>, Provider) -> F)
where
    F: Future<Output = ()>,
{
    let (provider, mut inbox) = mpsc::channel(8);
    let start = Instant::now();
    send_all(vec!["17", "18"], provider).await;
    let taken = start.elapsed();
    while inbox.recv().await.is_some() {}
    assert!(
        taken >= Duration::from_millis(100),
        "2 messages went out within {} ms",
        taken.as_millis()
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| two_messages_are_apart(broken::send_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| two_messages_are_apart(fixed::send_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

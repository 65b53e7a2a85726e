use std::time::Duration;

use ch04_select::throttled_when_full::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time::{self, Instant};

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

/// The provider takes nothing for 450 ms, and then whatever comes.
async fn they_are_apart_when_the_provider_was_slow<F>(
    send_all: fn(Vec<&'static str>, Provider) -> F,
) where
    F: Future<Output = ()>,
{
    let (provider, mut inbox) = mpsc::channel(1);
    let start = Instant::now();
    let taking = async {
        time::sleep(Duration::from_millis(450)).await;
        let mut taken = Vec::new();
        while inbox.recv().await.is_some() {
            taken.push(start.elapsed().as_millis());
        }
        taken
    };
    let ((), taken) = tokio::join!(send_all(vec!["17", "18", "19"], provider), taking);
    // The first one had been in the channel all the time.
    assert!(
        taken[2] - taken[1] >= 100,
        "from 450 ms on the messages were taken at once, at {taken:?} ms"
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

#[test]
fn fixed_when_the_provider_was_slow() {
    let verdict =
        explore::tasks().explore(|| they_are_apart_when_the_provider_was_slow(fixed::send_all));
    verdict.expect_pass();
}

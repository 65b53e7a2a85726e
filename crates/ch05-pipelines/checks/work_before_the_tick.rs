use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use ch05_pipelines::work_before_the_tick::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::Instant;

/// Two requests, and the second at which the last of them was made.
async fn one_request_a_second(
    locate: impl AsyncFn(Receiver<&'static str>, Sender<u32>, &dyn Fn()),
) {
    let (list, addresses) = mpsc::channel(2);
    for address in ["Elm St", "Oak Ave"] {
        list.send(address).await.expect("there is room");
    }
    drop(list);
    let (found, _places) = mpsc::channel(2);
    let start = Instant::now();
    let asked_at = AtomicU64::new(0);
    let ask = || asked_at.store(start.elapsed().as_secs(), SeqCst);
    locate(addresses, found, &ask).await;
    let second = asked_at.load(SeqCst);
    assert!(
        second == 1,
        "the first request was made at 0 s, and the second at {second} s"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| {
        one_request_a_second(async |addresses, places, ask| {
            let find = async |_| {
                ask();
                7
            };
            broken::locate(addresses, places, find).await;
        })
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| {
        one_request_a_second(async |addresses, places, ask| {
            let find = async |_| {
                ask();
                7
            };
            fixed::locate(addresses, places, find).await;
        })
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

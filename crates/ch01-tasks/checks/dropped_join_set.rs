use std::time::Duration;

use ch01_tasks::dropped_join_set::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

type Mirrors = Vec<(&'static str, Duration)>;

async fn every_mirror_has_a_copy<F>(publish: fn(Mirrors, mpsc::Sender<&'static str>) -> F)
where
    F: Future<Output = Option<&'static str>>,
{
    let mirrors = vec![
        ("oslo", Duration::from_secs(2)),
        ("bergen", Duration::from_secs(1)),
    ];
    let (copies, mut copied) = mpsc::channel(2);
    let fastest = publish(mirrors, copies).await;
    assert!(fastest == Some("bergen"), "the fastest is {fastest:?}");

    let mut mirrors = 0;
    while copied.recv().await.is_some() {
        mirrors += 1;
    }
    assert!(mirrors == 2, "{mirrors} of 2 mirrors have a copy");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_mirror_has_a_copy(broken::publish));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_mirror_has_a_copy(fixed::publish));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

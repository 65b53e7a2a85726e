use ch05_pipelines::stages_take_turns::{broken, fixed};
use explore::FailureKind;
use tokio::time::Instant;

/// Three shirts through two machines of a minute each: 3 + 2 - 1 minutes, if both run.
async fn both_machines_run(launder: impl AsyncFn(Vec<u32>) -> Vec<u32>) {
    let start = Instant::now();
    let clean = launder(vec![1, 2, 3]).await;
    let minutes = start.elapsed().as_secs() / 60;
    assert!(clean == [1, 2, 3], "the shirts came out as {clean:?}");
    assert!(
        minutes == 4,
        "three shirts through two machines took {minutes} minutes; 4 are enough"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| both_machines_run(broken::launder));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| both_machines_run(fixed::launder));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use ch08_cancellation::nobody_cancels::{BadRow, Light, broken, fixed};
use explore::FailureKind;
use tokio_util::task::TaskTracker;

/// The first row has no price.
async fn the_light_goes_out(
    import: impl AsyncFn(Vec<Option<u32>>, Light, &TaskTracker) -> Result<u32, BadRow>,
) {
    let tasks = TaskTracker::new();
    let total = import(vec![None, Some(250)], Light, &tasks).await;
    assert!(
        total == Err(BadRow),
        "a row has no price, and the total is {total:?}"
    );
    tasks.close();
    tasks.wait().await;
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_light_goes_out(broken::import));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_light_goes_out(fixed::import));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

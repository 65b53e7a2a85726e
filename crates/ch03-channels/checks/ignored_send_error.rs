use std::time::Duration;

use ch03_channels::ignored_send_error::{broken, fixed};
use explore::FailureKind;
use tokio::time;

/// Whoever watches leaves after one reading, and the rest of the program goes on.
async fn the_sensor_stops<F>(watch: fn(usize) -> F)
where
    F: Future<Output = Vec<u32>>,
{
    let shown = watch(1).await.len();
    assert!(shown == 1, "{shown} readings were shown, and not 1");
    time::sleep(Duration::from_secs(60)).await;
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_sensor_stops(broken::watch));
    verdict.expect_failure(FailureKind::Livelock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_sensor_stops(fixed::watch));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

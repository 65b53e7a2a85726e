use std::time::Duration;

use ch08_cancellation::cleanup_under_the_stop::{Report, broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time::{self, Instant, Interval};
use tokio_util::sync::CancellationToken;

/// Stopped before its first tick.
async fn it_signs_off<F>(watch: fn(Interval, mpsc::Sender<Report>, CancellationToken) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let (outbox, mut inbox) = mpsc::channel(1);
    let stop = CancellationToken::new();
    let minute = Duration::from_secs(60);
    let ticks = time::interval_at(Instant::now() + minute, minute);
    let sensor = tokio::spawn(watch(ticks, outbox, stop.clone()));
    time::sleep(Duration::from_secs(1)).await;
    stop.cancel();
    sensor.await.expect("a sensor does not panic");
    let last = inbox.recv().await;
    assert!(
        last == Some(Report::SignedOff),
        "the sensor is gone, and the last that it said is {last:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| it_signs_off(broken::watch));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| it_signs_off(fixed::watch));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::time::Duration;

use ch04_select::deaf_while_busy::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

/// The lane takes a minute; somebody presses stop after two seconds.
async fn it_stands_still_at_once<F>(mow: fn(mpsc::Receiver<Duration>, CancellationToken) -> F)
where
    F: Future<Output = ()>,
{
    let (plan, lanes) = mpsc::channel(1);
    plan.try_send(Duration::from_secs(60))
        .expect("there is room for a lane");
    let stop = CancellationToken::new();
    let button = stop.clone();
    let child = tokio::spawn(async move {
        time::sleep(Duration::from_secs(2)).await;
        button.cancel();
        Instant::now()
    });
    mow(lanes, stop).await;
    let pressed = child.await.expect("children do not panic");
    let late = pressed.elapsed().as_secs();
    assert!(late == 0, "it stood still {late} s after the stop");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| it_stands_still_at_once(broken::mow));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| it_stands_still_at_once(fixed::mow));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::cmp::Reverse;
use std::time::Duration;

use ch05_pipelines::priority_without_backpressure::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time;

type Flight = (u8, Reverse<u32>);

/// Six flights arrive while the runway is closed. It holds one, the field before it one, and two may
/// wait in the hangar.
async fn who_has_no_place_waits_outside<F>(
    dispatch: impl FnOnce(Receiver<Flight>, Sender<Flight>) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let (field, arriving) = mpsc::channel(1);
    let (runway, _sky) = mpsc::channel(1);
    let dispatching = tokio::spawn(dispatch(arriving, runway));
    let mut landed = 0;
    for number in 1..=6 {
        let landing = time::timeout(Duration::from_secs(60), field.send((1, Reverse(number))));
        if landing.await.is_err() {
            break;
        }
        landed += 1;
    }
    assert!(
        landed <= 4,
        "there are places for 4 flights, and {landed} have landed"
    );
    dispatching.abort();
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| who_has_no_place_waits_outside(broken::dispatch));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| who_has_no_place_waits_outside(fixed::dispatch));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

use std::time::Duration;

use ch07_worker_pools::second_of_the_same_id::{broken, fixed};
use explore::FailureKind;
use tokio::time::{self, Sleep};

fn minutes(minutes: u64) -> Sleep {
    time::sleep(Duration::from_secs(60 * minutes))
}

/// Number 7 is started twice; the second would take an hour.
async fn what_was_started_can_be_stopped<E>(
    exports: E,
    start: impl Fn(&E, u32, Sleep) -> bool,
    stop: impl Fn(&E, u32) -> bool,
) {
    assert!(start(&exports, 7, minutes(1)), "nothing runs yet");
    let second = start(&exports, 7, minutes(60));
    minutes(2).await;
    let stopped = stop(&exports, 7);
    assert!(
        stopped == second,
        "the second export 7 was accepted, and after two minutes there is nothing to stop"
    );
}

#[test]
fn broken() {
    use broken::Exports;
    let verdict = explore::tasks().explore(|| {
        what_was_started_can_be_stopped(Exports::none(), Exports::start, Exports::stop)
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Exports;
    let verdict = explore::tasks().explore(|| {
        what_was_started_can_be_stopped(Exports::none(), Exports::start, Exports::stop)
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

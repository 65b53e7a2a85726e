use std::time::Duration;

use ch05_pipelines::delay_without_a_cap::{broken, fixed};
use explore::FailureKind;
use tokio::time::Instant;

/// Five mails under load, and then all is well again.
async fn the_delay_is_bounded<S: Default>(send: impl AsyncFn(&mut S, bool)) {
    let mut last = Duration::ZERO;
    let mut sender = S::default();
    for is_hot in [true, true, true, true, true, false] {
        let start = Instant::now();
        send(&mut sender, is_hot).await;
        last = start.elapsed();
    }
    assert!(
        last <= Duration::from_millis(10),
        "after 5 mails under load, one without load waited {last:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_delay_is_bounded(broken::Sender::send));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_delay_is_bounded(fixed::Sender::send));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

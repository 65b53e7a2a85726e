use std::time::Duration;

use ch06_fan_out::dealt_in_advance::{broken, fixed};
use explore::FailureKind;
use tokio::time::Instant;

/// Two photos of two seconds, then one of one: five seconds of work for two baths.
async fn no_bath_is_idle<F>(develop_all: fn(Vec<Duration>) -> F)
where
    F: Future<Output = ()>,
{
    let began = Instant::now();
    develop_all([2, 2, 1].map(Duration::from_secs).to_vec()).await;
    let took = began.elapsed();
    assert!(
        took == Duration::from_secs(3),
        "five seconds of work in two baths took {took:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| no_bath_is_idle(broken::develop_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| no_bath_is_idle(fixed::develop_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

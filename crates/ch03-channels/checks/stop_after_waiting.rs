use ch03_channels::stop_after_waiting::{broken, fixed};
use explore::FailureKind;

async fn a_sample_of_one(sample: impl Future<Output = Vec<&'static str>>) {
    let readings = sample.await.len();
    assert!(readings == 1, "{readings} readings were taken, and not 1");
}

#[test]
fn broken() {
    let verdict =
        explore::tasks().explore(|| a_sample_of_one(broken::sample(&["ford", "mill"], 1)));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| a_sample_of_one(fixed::sample(&["ford", "mill"], 1)));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

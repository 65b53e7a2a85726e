use ch03_channels::full_means_dropped::{broken, fixed};
use explore::FailureKind;

async fn every_finding_is_in<F>(audit: fn(Vec<(Option<u32>, u32)>) -> F)
where
    F: Future<Output = u32>,
{
    let missing = audit(vec![(None, 300), (Some(17), 120), (None, 50)]).await;
    assert!(
        missing == 350,
        "350 are missing, and the report says {missing}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_finding_is_in(broken::audit));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_finding_is_in(fixed::audit));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

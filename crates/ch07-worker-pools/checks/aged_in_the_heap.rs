use ch07_worker_pools::aged_in_the_heap::{broken, fixed};
use explore::FailureKind;

/// A leak is a small matter at first; after half an hour somebody complains of noise.
async fn who_has_waited_is_next<D>(
    mut desk: D,
    take: fn(&mut D, &'static str, u32, u32),
    next: fn(&mut D, u32) -> Option<&'static str>,
) {
    take(&mut desk, "leak", 1, 0);
    take(&mut desk, "noise", 3, 30);
    let first = next(&mut desk, 30);
    assert!(
        first == Some("leak"),
        "after 30 minutes the leak is of degree 4, the noise of degree 3, and first came {first:?}"
    );
}

#[test]
fn broken() {
    use broken::Desk;
    let verdict = explore::tasks()
        .explore(|| who_has_waited_is_next(Desk::default(), Desk::take, Desk::next));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Desk;
    let verdict = explore::tasks()
        .explore(|| who_has_waited_is_next(Desk::default(), Desk::take, Desk::next));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

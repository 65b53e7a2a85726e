use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use ch07_worker_pools::limit_forgotten::{broken, fixed};
use explore::FailureKind;

/// A reader that crashes twice, and reads after that.
async fn read(starts: Arc<AtomicU32>) -> u32 {
    let start = starts.fetch_add(1, Relaxed) + 1;
    assert!(start > 2, "crash {start}");
    4711
}

fn it_is_started_twice_at_most(starts: &AtomicU32) {
    let starts = starts.load(Relaxed);
    assert!(
        starts == 2,
        "a reader may be started again once, and was started {starts} times"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let starts = Arc::new(AtomicU32::new(0));
        let mut readers = broken::Readers::default();
        readers.read("kitchen", || read(starts.clone())).await;
        it_is_started_twice_at_most(&starts);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let starts = Arc::new(AtomicU32::new(0));
        let mut readers = fixed::Readers::default();
        readers.read("kitchen", || read(starts.clone())).await;
        it_is_started_twice_at_most(&starts);
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

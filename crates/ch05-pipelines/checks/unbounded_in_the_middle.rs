use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

use ch05_pipelines::unbounded_in_the_middle::{broken, fixed};
use explore::FailureKind;

type Read = Box<dyn FnMut(u32) + Send>;

/// Of five photographs, no more than four are in memory: two on the shelf, and one in each hand.
async fn memory_is_bounded(tag_all: impl AsyncFn(u32, Read, &dyn Fn(u32))) {
    let read = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&read);
    let most = Cell::new(0);
    let reading: Read = Box::new(move |_| {
        counted.fetch_add(1, SeqCst);
    });
    let tagging = |tagged: u32| {
        let in_memory = read.load(SeqCst) - tagged;
        most.set(most.get().max(in_memory));
    };
    tag_all(5, reading, &tagging).await;
    let most = most.get();
    assert!(most <= 4, "{most} photographs were in memory at a time");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| {
        memory_is_bounded(async |photographs, read, tag| {
            broken::tag_all(photographs, read, tag).await;
        })
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| {
        memory_is_bounded(async |photographs, read, tag| {
            fixed::tag_all(photographs, read, tag).await;
        })
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

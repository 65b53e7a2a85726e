use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use ch05_pipelines::unbounded_in_the_middle::{broken, fixed};
use explore::FailureKind;
use tokio::time;

type Read = Box<dyn FnMut(u32) + Send>;

/// When the first of five photographs has its tag, no more than four have been read: that one, two
/// on the shelf, and one in the hand of who reads.
async fn memory_is_bounded(tag_all: impl AsyncFn(u32, Read, &dyn Fn(u32))) {
    let read = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&read);
    let at_the_first = Cell::new(0);
    let reading: Read = Box::new(move |_| {
        counted.fetch_add(1, SeqCst);
    });
    let tagging = |photograph| {
        if photograph == 0 {
            at_the_first.set(read.load(SeqCst));
        }
    };
    let enough = Duration::from_millis(1500);
    let _ = time::timeout(enough, tag_all(5, reading, &tagging)).await;
    let in_memory = at_the_first.get();
    assert!(
        in_memory <= 4,
        "{in_memory} photographs were in memory when the first one had its tag"
    );
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

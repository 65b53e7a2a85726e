use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// Right, and every one of its many schedules takes a while.
pub fn work() -> u32 {
    let steps = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    (0..20_000).for_each(|n| drop(black_box(n)));
                    steps.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    steps.into_inner() / 80
}

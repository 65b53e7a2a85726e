//! The litmus tests of memory models: small programs with the set of all outcomes that the
//! standard allows. Where the explorer leaves one out, the test says which and why.

mod agreement;
mod messages;
mod one_location;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use model_std::sync::atomic::{AtomicU32, Ordering, Ordering::Relaxed};
use model_std::thread;

/// The locations that the threads share; all begin with 0.
#[derive(Default)]
struct Memory {
    x: AtomicU32,
    y: AtomicU32,
}

type Thread = fn(&Memory) -> Vec<u32>;

/// All that the threads can read, one after the other, and what `x` and `y` hold in the end.
fn outcomes(threads: &[Thread]) -> BTreeSet<(Vec<u32>, u32, u32)> {
    let (threads, found) = (threads.to_vec(), Arc::default());
    let outcomes: Arc<Mutex<BTreeSet<_>>> = Arc::clone(&found);
    let verdict = explore::threads().bound(20).explore(move || {
        let memory = Memory::default();
        let read = thread::scope(|scope| {
            let memory = &memory;
            let handles: Vec<_> = threads
                .iter()
                .map(|thread| scope.spawn(move || thread(memory)))
                .collect();
            let read = handles.into_iter().map(|handle| handle.join().unwrap());
            read.collect::<Vec<_>>().concat()
        });
        // Relaxed, so that no program is spared the memory model.
        let ends = (memory.x.load(Relaxed), memory.y.load(Relaxed));
        found.lock().unwrap().insert((read, ends.0, ends.1));
    });
    verdict.expect_pass();
    assert_eq!(verdict.coverage(), timeline::Coverage::Everything);
    let found = outcomes.lock().unwrap();
    found.clone()
}

/// What the threads can read.
#[track_caller]
fn assert_reads(threads: &[Thread], expected: &[&[u32]]) {
    let outcomes = outcomes(threads);
    let reads: BTreeSet<_> = outcomes.into_iter().map(|(reads, ..)| reads).collect();
    let expected: BTreeSet<_> = expected.iter().map(|reads| reads.to_vec()).collect();
    assert_eq!(reads, expected);
}

const ALL_OF_TWO: [&[u32]; 4] = [&[0, 0], &[0, 1], &[1, 0], &[1, 1]];
/// Message passing: whoever sees the flag `y` sees the data `x`.
const MESSAGE_PASSED: [&[u32]; 3] = [&[0, 0], &[0, 1], &[1, 1]];

fn read_flag_then_data(m: &Memory, flag: Ordering, data: Ordering) -> Vec<u32> {
    vec![m.y.load(flag), m.x.load(data)]
}

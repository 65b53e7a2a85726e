//! The graph of a small program has exactly its schedules.

use std::sync::Arc;

use explore::Threads;
use model_std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use model_std::sync::{Condvar, Mutex, mpsc};
use model_std::thread;
use timeline::Graph;

fn lost_update() {
    let hits = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let hits = hits.clone();
            thread::spawn(move || {
                let seen = hits.load(SeqCst);
                hits.store(seen + 1, SeqCst);
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(hits.load(SeqCst), 2, "an update was lost");
}

fn opposite_locks() {
    let alice = Arc::new(Mutex::new(10));
    let bob = Arc::new(Mutex::new(10));
    let threads = [(alice.clone(), bob.clone()), (bob, alice)].map(|(from, to)| {
        thread::spawn(move || {
            let mut from = from.lock().unwrap();
            let mut to = to.lock().unwrap();
            *from -= 1;
            *to += 1;
        })
    });
    for thread in threads {
        thread.join().unwrap();
    }
}

/// Two senders, and a receiver that takes what comes.
fn two_senders() {
    let (sender, receiver) = mpsc::channel();
    for number in 0..2 {
        let sender = sender.clone();
        thread::spawn(move || sender.send(number).unwrap());
    }
    drop(sender);
    assert_eq!(receiver.iter().count(), 2);
}

fn graph(body: fn()) -> Graph {
    let graph = explore::threads().graph(body).expect("it is small");
    for state in &graph.states {
        assert_eq!(state.end.is_some(), state.next.is_empty(), "{state:?}");
        let mut ways: Vec<_> = state.next.iter().map(|w| (w.lane, &w.label)).collect();
        ways.dedup();
        assert_eq!(ways.len(), state.next.len(), "one way twice: {state:?}");
    }
    graph
}

#[test]
fn a_lost_update_has_six_schedules_of_which_four_fail() {
    let graph = graph(lost_update);
    assert_eq!(graph.count(), Some((6, 4)));
    // Each of the two threads is before its load, before its store, or over. What it stores
    // depends on what it read.
    assert!(graph.states.len() < 20, "{} states", graph.states.len());
}

#[test]
fn opposite_locks_have_six_schedules_of_which_two_fail() {
    let graph = graph(opposite_locks);
    assert_eq!(graph.count(), Some((6, 2)));
    let waits: Vec<_> = graph.states.iter().filter(|s| s.end.is_some()).collect();
    let deadlock = waits.iter().find(|s| s.end.as_ref().unwrap().failed);
    let lanes = deadlock.unwrap().lanes.iter().flatten();
    let waits: Vec<_> = lanes
        .filter_map(|&lane| graph.stands[lane].waits.clone())
        .collect();
    assert_eq!(waits.len(), 3, "main waits for a thread: {waits:?}");
    assert!(
        waits[1].contains("alice (held by") || waits[1].contains("bob (held by"),
        "{waits:?}"
    );
}

#[test]
fn a_graph_has_as_many_schedules_as_there_are() {
    let world = || explore::threads().schedules(1_000_000);
    for body in [lost_update, opposite_locks, two_senders] {
        let count = world().count(body);
        let graph = graph(body).count();
        assert_eq!(graph, Some((count.schedules, count.failing)));
    }
}

#[test]
fn who_stands_where_is_told() {
    let graph = graph(opposite_locks);
    let start = &graph.states[0];
    assert_eq!(
        start.next.iter().map(|way| way.lane).collect::<Vec<_>>(),
        [1, 2]
    );
    for lane in [1, 2] {
        let stand = &graph.stands[start.lanes[lane].expect("it has begun")];
        assert_eq!(stand.waits, None);
        let place = &graph.places[stand.place.expect("a line")];
        assert!(place.source.contains("from.lock()"), "{place:?}");
    }
}

#[test]
fn a_wait_does_not_end_without_a_reason() {
    let graph = explore::threads().graph(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = shared.clone();
        let waiter = thread::spawn(move || {
            let mut open = theirs.0.lock().unwrap();
            while !*open {
                open = theirs.1.wait(open).unwrap();
            }
        });
        *shared.0.lock().unwrap() = true;
        shared.1.notify_one();
        waiter.join().unwrap();
    });
    let (schedules, failing) = graph.expect("it is small").count().expect("no circle");
    assert_eq!(failing, 0);
    assert!(schedules > 2, "{schedules} schedules");
}

#[test]
fn large_programs_have_no_graph() {
    let world: Threads = explore::threads();
    let graph = world.graph(|| {
        let cell = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let cell = cell.clone();
                thread::spawn(move || (0..9).for_each(|_| assert!(cell.fetch_add(1, SeqCst) < 27)))
            })
            .collect();
        threads.into_iter().for_each(|t| t.join().unwrap());
    });
    assert_eq!(graph, None);
}

//! The graph of a small program of tasks: its schedules as a person would count them.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use model_tokio as tokio;
use timeline::Graph;
use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

/// Two tasks that lock two mutexes each, in opposite order or in the same.
async fn two_locks(opposite: bool) {
    let alice = Arc::new(Mutex::new(10));
    let bob = Arc::new(Mutex::new(10));
    let first = (alice.clone(), bob.clone());
    let second = if opposite { (bob, alice) } else { (alice, bob) };
    let tasks = [first, second].map(|(from, to)| {
        tokio::spawn(async move {
            let mut from = from.lock().await;
            let mut to = to.lock().await;
            *from -= 1;
            *to += 1;
        })
    });
    for task in tasks {
        task.await.unwrap();
    }
}

#[track_caller]
fn sound(graph: &Graph) {
    let mut states = HashSet::new();
    for state in &graph.states {
        assert_eq!(state.end.is_some(), state.next.is_empty(), "{state:?}");
        assert!(states.insert(state), "one state twice: {state:?}");
        let mut ways: Vec<_> = state.next.iter().map(|w| (w.lane, &w.label)).collect();
        ways.dedup();
        assert_eq!(ways.len(), state.next.len(), "one way twice: {state:?}");
    }
}

#[test]
fn only_opposite_locks_fail_and_in_one_way() {
    for opposite in [true, false] {
        let graph = explore::tasks().graph(move || two_locks(opposite));
        let graph = graph.expect("it is small");
        sound(&graph);
        let ends: Vec<_> = graph.states.iter().filter_map(|s| s.end.as_ref()).collect();
        let failing: Vec<_> = ends.iter().filter(|end| end.failed).collect();
        let (all, bad) = graph.count().expect("no circle");
        let real = explore::tasks()
            .schedules(1_000_000)
            .count(move || two_locks(opposite));
        assert_eq!((bad > 0, failing.len()), (opposite, usize::from(opposite)));
        assert_eq!(bad > 0, real.failing > 0);
        assert!(
            all < real.schedules,
            "{all} of {real:?}: what nobody sees was counted"
        );
    }
}

#[test]
fn the_clock_moves_between_two_states() {
    let graph = explore::tasks().graph(|| async {
        let (sender, mut receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            sleep(Duration::from_secs(5)).await;
            sender.send("late").await.unwrap();
        });
        assert_eq!(receiver.recv().await, Some("late"));
    });
    let graph = graph.expect("it is small");
    sound(&graph);
    let clocks: HashSet<u64> = graph.states.iter().map(|state| state.clock).collect();
    assert_eq!(clocks, HashSet::from([0, 5_000_000_000]));
    assert_eq!(graph.count().expect("no circle").1, 0);
}

#[test]
fn a_select_has_a_way_for_each_branch_that_makes_a_difference() {
    let labels = |ready: [bool; 2]| {
        let graph = explore::tasks().graph(move || async move {
            let (one, mut ones) = mpsc::channel(1);
            let (two, mut twos) = mpsc::channel(1);
            if ready[0] {
                one.send(1).await.unwrap();
            }
            if ready[1] {
                two.send(2).await.unwrap();
            }
            tokio::select! {
                got = ones.recv() => assert_eq!(got, Some(1)),
                got = twos.recv() => assert_eq!(got, Some(2)),
            }
            drop((one, two));
        });
        let graph = graph.expect("it is small");
        sound(&graph);
        let ways = graph.states.iter().flat_map(|state| &state.next);
        let labels: HashSet<String> = ways.filter_map(|way| way.label.clone()).collect();
        labels.len()
    };
    assert_eq!(labels([true, true]), 2);
    assert_eq!(labels([true, false]), 0, "the other branch is no choice");
}

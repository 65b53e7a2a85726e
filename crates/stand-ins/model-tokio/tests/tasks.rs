//! Programs of tasks that hold, and programs that break in one way each.

use std::sync::Arc;
use std::time::Duration;

use explore::{FailureKind, Verdict};
use model_tokio as tokio;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};

/// A seeded bug is found in a few schedules with at most one departure.
#[track_caller]
fn breaks(verdict: &Verdict, kind: FailureKind) {
    println!("{verdict}");
    verdict.expect_failure(kind);
    let departures = verdict
        .token()
        .map_or(0, |token| token.matches('=').count());
    assert!(departures <= 1, "{departures} departures\n{verdict}");
    assert!(verdict.schedules() <= 12, "{verdict}");
}

#[test]
fn opposite_locks_deadlock() {
    let verdict = explore::tasks().explore(|| async {
        let alice = Arc::new(Mutex::new(100));
        let bob = Arc::new(Mutex::new(50));
        let (a, b) = (alice.clone(), bob.clone());
        let up = tokio::spawn(async move {
            let mut from = b.lock().await;
            let mut to = a.lock().await;
            *from -= 1;
            *to += 1;
        });
        let down = tokio::spawn(async move {
            let mut from = alice.lock().await;
            let mut to = bob.lock().await;
            *from -= 1;
            *to += 1;
        });
        up.await.unwrap();
        down.await.unwrap();
    });
    breaks(&verdict, FailureKind::Deadlock);
}

#[test]
fn a_kept_sender_keeps_the_receiver_waiting() {
    let verdict = explore::tasks().explore(|| async {
        let (results, mut counts) = mpsc::channel(8);
        for shop in 0..2 {
            let results = results.clone();
            tokio::spawn(async move { results.send(shop).await });
        }
        while counts.recv().await.is_some() {}
    });
    breaks(&verdict, FailureKind::Deadlock);
}

#[test]
fn an_answer_comes_in_time() {
    let verdict = explore::tasks().explore(|| async {
        let begin = Instant::now();
        let (reply, answer) = oneshot::channel();
        tokio::spawn(async move {
            sleep(Duration::from_millis(250)).await;
            reply.send(7).unwrap();
        });
        assert_eq!(timeout(Duration::from_secs(1), answer).await, Ok(Ok(7)));
        assert_eq!(begin.elapsed(), Duration::from_millis(250));
    });
    println!("{verdict}");
    verdict.expect_pass();
}

#[test]
fn a_select_is_tried_with_each_branch_first() {
    let verdict = explore::tasks().explore(|| async {
        let (a, mut from_a) = mpsc::channel(1);
        let (b, mut from_b) = mpsc::channel(1);
        a.send(1).await.unwrap();
        b.send(2).await.unwrap();
        let first = tokio::select! {
            Some(n) = from_a.recv() => n,
            Some(n) = from_b.recv() => n,
            else => 0,
        };
        assert_eq!(first, 1);
    });
    breaks(&verdict, FailureKind::Panicked);
}

#[test]
fn a_counter_with_a_gap_loses_an_update() {
    let verdict = explore::tasks().explore(|| async {
        let hits = Arc::new(Mutex::new(0));
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..2 {
            let hits = hits.clone();
            tasks.spawn(async move {
                let seen = *hits.lock().await;
                *hits.lock().await = seen + 1;
            });
        }
        while let Some(task) = tasks.join_next().await {
            task.unwrap();
        }
        assert_eq!(*hits.lock().await, 2);
    });
    breaks(&verdict, FailureKind::Panicked);
}

#[test]
fn shutting_a_set_down_aborts_where_it_is_called() {
    let verdict = explore::tasks().explore(|| async {
        let mut sweeps = tokio::task::JoinSet::new();
        sweeps.spawn(sleep(Duration::from_secs(60)));
        sweeps.shutdown().await;
        panic!("the end, so that there is a picture of the way to it");
    });
    let picture = verdict.to_string();
    let abort = picture.lines().find(|line| line.contains("aborts T1"));
    assert!(
        abort.is_some_and(|line| line.contains("sweeps.shutdown()")),
        "{picture}"
    );
}

//! What belongs to threads, done by tasks: a task has no thread of its own to block.

use std::time::Duration;

use explore::{FailureKind, Verdict};
use model_std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use model_std::sync::{Arc, Condvar, Mutex};
use model_std::thread;
use model_tokio as tokio;
use tokio::sync::{mpsc, oneshot};

#[track_caller]
fn breaks(verdict: &Verdict, kind: FailureKind, message: &str) {
    println!("{verdict}");
    verdict.expect_failure(kind);
    let failure = verdict.failure().map_or("", |failure| &failure.message);
    assert!(failure.contains(message), "{failure}\nlacks: {message}");
}

#[test]
fn a_lock_held_across_an_await_blocks_the_runtime() {
    let body = || async {
        let rate = Arc::new(Mutex::new(108));
        let (quotes, mut inbox) = mpsc::channel::<oneshot::Sender<u32>>(1);
        let table = rate.clone();
        tokio::spawn(async move {
            while let Some(reply) = inbox.recv().await {
                let _ = reply.send(*table.lock().unwrap() + 1);
            }
        });
        let (reply, answer) = oneshot::channel();
        let mut held = rate.lock().unwrap();
        quotes.send(reply).await.unwrap();
        *held = answer.await.unwrap();
    };
    let message = "T1 waits for lock rate (held by main since line";
    breaks(
        &explore::tasks().explore(body),
        FailureKind::BlocksRuntime,
        message,
    );
    let one_thread = explore::tasks().current_thread().explore(body);
    breaks(&one_thread, FailureKind::BlocksRuntime, message);
}

#[test]
fn a_lock_held_between_awaits_blocks_nobody_for_long() {
    explore::tasks().check(|| async {
        let hits = Arc::new(Mutex::new(0));
        let tasks: Vec<_> = {
            // Held while the tasks are spawned: each may begin at once, and waits a moment.
            let _held = hits.lock().unwrap();
            let start = |_| {
                let hits = hits.clone();
                tokio::spawn(async move { *hits.lock().unwrap() += 1 })
            };
            (0..2).map(start).collect()
        };
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*hits.lock().unwrap(), 2);
    });
}

#[test]
fn sleeping_blocks_the_runtime() {
    let verdict = explore::tasks().explore(|| async {
        tokio::spawn(async { thread::sleep(Duration::from_millis(10)) })
            .await
            .unwrap();
    });
    breaks(&verdict, FailureKind::BlocksRuntime, "T1 sleeps");
}

#[test]
fn waiting_for_a_condition_blocks_the_runtime() {
    let verdict = explore::tasks().explore(|| async {
        let ready = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = ready.clone();
        tokio::spawn(async move {
            *theirs.0.lock().unwrap() = true;
            theirs.1.notify_one();
        });
        let mut is_ready = ready.0.lock().unwrap();
        while !*is_ready {
            is_ready = ready.1.wait(is_ready).unwrap();
        }
    });
    breaks(&verdict, FailureKind::BlocksRuntime, "main");
}

#[test]
fn a_thread_cannot_be_followed() {
    let verdict = explore::tasks().explore(|| async {
        let _ = thread::spawn(|| ()).join();
    });
    breaks(
        &verdict,
        FailureKind::NotGradable,
        "a thread is spawned among tasks",
    );
}

#[test]
fn a_flag_that_only_another_task_can_set_is_waited_for_in_vain() {
    let verdict = explore::tasks().current_thread().explore(|| async {
        let ready = Arc::new(AtomicBool::new(false));
        let theirs = ready.clone();
        let setter = tokio::spawn(async move { theirs.store(true, Ordering::Release) });
        while !ready.load(Ordering::Acquire) {
            thread::yield_now();
        }
        setter.await.unwrap();
    });
    breaks(&verdict, FailureKind::Livelock, "main never yields");
}

#[test]
fn threads_for_blocking_work_use_locks_and_sleep() {
    explore::tasks().check(|| async {
        let total = Arc::new(Mutex::new(0));
        let calls = Arc::new(AtomicUsize::new(0));
        let work: Vec<_> = (0..2)
            .map(|_| {
                let (total, calls) = (total.clone(), calls.clone());
                tokio::task::spawn_blocking(move || {
                    let mut total = total.lock().unwrap();
                    thread::sleep(Duration::from_secs(1));
                    *total += 1;
                    calls.fetch_add(1, Ordering::Relaxed);
                })
            })
            .collect();
        for work in work {
            work.await.unwrap();
        }
        assert_eq!(
            (*total.lock().unwrap(), calls.load(Ordering::Relaxed)),
            (2, 2)
        );
    });
}

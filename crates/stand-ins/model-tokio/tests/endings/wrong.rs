//! Programs whose result depends on the order.

use std::sync::Arc;
use std::time::Duration;

use explore::FailureKind;
use model_tokio as tokio;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{breaks, holds};

#[test]
fn a_notification_that_comes_too_early_is_lost() {
    breaks(FailureKind::Deadlock, "main waits for ever", || async {
        let ready = Arc::new(Notify::new());
        let setter = ready.clone();
        tokio::spawn(async move { setter.notify_waiters() });
        tokio::task::yield_now().await;
        ready.notified().await;
    });
}

#[test]
fn a_value_checked_before_an_await_is_stale_after_it() {
    breaks(FailureKind::Panicked, "overdrawn", || async {
        let account = Arc::new(Mutex::new(100));
        let tasks = [60, 60].map(|amount| {
            let account = account.clone();
            tokio::spawn(async move {
                if *account.lock().await >= amount {
                    let mut balance = account.lock().await;
                    assert!(*balance >= amount, "overdrawn");
                    *balance -= amount;
                }
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
    });
}

#[test]
fn a_select_that_loses_a_message_is_found() {
    // `send` takes the job out of the queue before it has room for it, and may be dropped then.
    breaks(FailureKind::Panicked, "jobs were lost", || async {
        let (slow, mut jobs) = mpsc::channel(1);
        let (stop, stopped) = oneshot::channel::<()>();
        let feeder = tokio::spawn(async move {
            let mut queue = vec![1, 2];
            let mut stopped = stopped;
            while let Some(job) = queue.pop() {
                tokio::select! {
                    _ = slow.send(job) => {}
                    _ = &mut stopped => break,
                }
            }
            queue.len()
        });
        assert_eq!(jobs.recv().await, Some(2));
        stop.send(()).unwrap();
        let left = feeder.await.unwrap();
        let taken = std::iter::from_fn(|| jobs.try_recv().ok()).count();
        assert_eq!(1 + taken + left, 2, "jobs were lost");
    });
}

#[test]
fn a_timeout_that_drops_a_lock_frees_it() {
    holds(|| async {
        let lock = Arc::new(Mutex::new(0));
        let held = lock.clone();
        let slow = timeout(Duration::from_secs(1), async move {
            let _guard = held.lock().await;
            sleep(Duration::from_secs(10)).await;
        });
        assert!(slow.await.is_err());
        *lock.lock().await += 1;
    });
    breaks(FailureKind::Panicked, "the lock is free", || async {
        let lock = Arc::new(Mutex::new(0));
        let held = lock.clone();
        let slow = tokio::spawn(async move {
            let _guard = held.lock().await;
            sleep(Duration::from_secs(10)).await;
        });
        // The handle is dropped, and the task goes on.
        assert!(timeout(Duration::from_secs(1), slow).await.is_err());
        assert!(lock.try_lock().is_ok(), "the lock is free");
    });
}

#[test]
fn equal_deadlines_end_in_any_order() {
    let body = || async {
        let (first, mut arrivals) = mpsc::unbounded_channel();
        let second = first.clone();
        tokio::spawn(async move {
            sleep(Duration::from_secs(1)).await;
            first.send("first").unwrap();
        });
        tokio::spawn(async move {
            sleep(Duration::from_secs(1)).await;
            second.send("second").unwrap();
        });
        assert_eq!(arrivals.recv().await, Some("first"), "who came first");
        arrivals.recv().await;
    };
    breaks(FailureKind::Panicked, "who came first", body);
    explore::tasks().bound(0).explore(body).expect_pass();
    explore::tasks()
        .current_thread()
        .explore(body)
        .expect_failure(FailureKind::Panicked);
}

#[test]
fn a_bound_and_a_budget_are_said() {
    let body = || async {
        let mut tasks = JoinSet::new();
        for _ in 0..4 {
            tasks.spawn(async {
                tokio::task::yield_now().await;
            });
        }
        tasks.join_all().await;
    };
    let verdict = explore::tasks().bound(1).explore(body);
    assert!(
        verdict.covered().contains("up to 1 departure"),
        "{}",
        verdict.covered()
    );
    let verdict = explore::tasks().schedules(5).explore(body);
    assert!(
        verdict.covered().contains("the budget ran out"),
        "{}",
        verdict.covered()
    );
    assert_eq!(verdict.schedules(), 5);
}

#[test]
fn tasks_do_not_lock_in_the_order_of_their_spawning() {
    breaks(FailureKind::Panicked, "assertion", || async {
        let order = Arc::new(Mutex::new(Vec::new()));
        let tasks = [1, 2].map(|n| {
            let order = order.clone();
            tokio::spawn(async move { order.lock().await.push(n) })
        });
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().await, [1, 2]);
    });
}

//! How a program of tasks can end badly: each way is found, and named.

use std::sync::Arc;
use std::time::Duration;

use explore::FailureKind;
use model_tokio as tokio;
use tokio::sync::{Mutex, Notify, Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{interval, sleep, timeout};

/// A seeded bug is found in a few schedules with at most one departure, twice in the same way.
#[track_caller]
fn breaks<F>(kind: FailureKind, message: &str, body: impl Fn() -> F + Send + Sync + Clone + 'static)
where
    F: Future<Output = ()> + 'static,
{
    let verdict = explore::tasks().explore(body.clone());
    println!("{verdict}");
    verdict.expect_failure(kind);
    let failure = verdict.failure().map_or("", |failure| &failure.message);
    assert!(failure.contains(message), "{failure}\nlacks: {message}");
    let departures = verdict
        .token()
        .map_or(0, |token| token.matches('=').count());
    assert!(departures <= 1, "{departures} departures\n{verdict}");
    assert!(verdict.schedules() <= 12, "{verdict}");
    let again = explore::tasks().explore(body);
    assert_eq!(verdict.to_string(), again.to_string());
}

#[track_caller]
fn holds<F>(body: impl Fn() -> F + Send + Sync + Clone + 'static)
where
    F: Future<Output = ()> + 'static,
{
    let verdict = explore::tasks().explore(body.clone());
    println!("{verdict}");
    verdict.expect_pass();
    assert_eq!(
        verdict.to_string(),
        explore::tasks().explore(body).to_string()
    );
}

#[test]
fn a_task_that_is_left_behind_is_named_with_its_line() {
    breaks(
        FailureKind::LeftBehind,
        "main is over, and T1, spawned at line",
        || async {
            tokio::spawn(async {
                loop {
                    sleep(Duration::from_secs(60)).await;
                }
            });
        },
    );
    breaks(FailureKind::LeftBehind, "T1, spawned at line", || async {
        tokio::spawn(async {
            loop {
                tokio::task::yield_now().await;
            }
        });
    });
}

#[test]
fn a_task_may_be_left_behind_where_that_is_allowed() {
    struct Bell(Arc<Notify>);
    impl Drop for Bell {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let verdict = explore::tasks().may_leave_tasks().explore(|| async {
        let bell = Bell(Arc::new(Notify::new()));
        tokio::spawn(async move {
            let _bell = bell;
            sleep(Duration::from_secs(60)).await;
        });
        sleep(Duration::from_secs(1)).await;
    });
    println!("{verdict}");
    verdict.expect_pass();
}

#[test]
fn a_task_that_ends_soon_after_main_is_not_left_behind() {
    holds(|| async {
        tokio::spawn(async {
            tokio::task::yield_now().await;
        });
    });
}

#[test]
fn a_panic_that_nobody_asks_about_is_lost() {
    breaks(
        FailureKind::LostPanic,
        "T1 panicked (no receipt",
        || async {
            drop(tokio::spawn(async { panic!("no receipt") }));
            sleep(Duration::from_millis(1)).await;
        },
    );
    breaks(FailureKind::LostPanic, "T2 panicked", || async {
        let mut jobs = JoinSet::new();
        jobs.spawn(async {});
        jobs.spawn(async { panic!("no receipt") });
        jobs.join_next().await.unwrap().unwrap();
        sleep(Duration::from_millis(1)).await;
    });
}

#[test]
fn a_panic_reaches_whoever_awaits_the_task() {
    holds(|| async {
        let error = tokio::spawn(async { panic!("no receipt") })
            .await
            .unwrap_err();
        assert!(error.is_panic());
        assert_eq!(
            error.to_string(),
            "task 1 panicked with message \"no receipt\""
        );
        assert_eq!(
            *error.into_panic().downcast::<&str>().unwrap(),
            "no receipt"
        );
    });
    breaks(
        FailureKind::Panicked,
        "T1 panicked (no receipt at line",
        || async {
            tokio::spawn(async { panic!("no receipt") }).await.unwrap();
        },
    );
}

#[test]
fn a_task_that_never_yields_is_named() {
    breaks(
        FailureKind::Livelock,
        "main never yields: it goes round in circles at line",
        || async {
            let (answer, mut answers) = mpsc::channel::<u32>(1);
            let provider = tokio::spawn(async move { answer.send(1).await });
            sleep(Duration::from_millis(1)).await;
            let _ = answers.try_recv();
            let (_kept, mut answers) = mpsc::channel::<u32>(1);
            while answers.try_recv().is_err() {}
            provider.await.unwrap().unwrap();
        },
    );
    breaks(FailureKind::Livelock, "T1 never yields", || async {
        let count = Arc::new(Semaphore::new(0));
        tokio::spawn(async move {
            loop {
                count.add_permits(1);
            }
        })
        .await
        .unwrap();
    });
}

#[test]
fn a_program_that_goes_on_for_ever_is_too_long() {
    breaks(FailureKind::TooLong, "not over after", || async {
        let heart = tokio::spawn(async {
            let mut beats = interval(Duration::from_secs(1));
            loop {
                beats.tick().await;
            }
        });
        heart.await.unwrap();
    });
}

#[test]
fn blocking_calls_in_a_task_block_the_runtime() {
    breaks(
        FailureKind::BlocksRuntime,
        "main calls block_on",
        || async {
            tokio::runtime::Handle::current().block_on(async {});
        },
    );
    breaks(
        FailureKind::BlocksRuntime,
        "T1 blocks its thread to receive",
        || async {
            let (_sender, mut receiver) = mpsc::channel::<u8>(1);
            tokio::spawn(async move { receiver.blocking_recv() })
                .await
                .unwrap();
        },
    );
    breaks(
        FailureKind::BlocksRuntime,
        "T1 waits for the end of a borrow of state (held by main",
        || async {
            let (state, watched) = watch::channel(0);
            let seen = watched.borrow();
            let other = tokio::spawn(async move { state.send(1) });
            tokio::task::yield_now().await;
            drop(seen);
            other.await.unwrap().unwrap();
        },
    );
}

#[test]
fn a_thread_for_blocking_work_may_block() {
    holds(|| async {
        let (jobs, mut queue) = mpsc::channel(1);
        let (reply, answer) = oneshot::channel();
        let worker = tokio::task::spawn_blocking(move || {
            let mut sum = 0;
            while let Some(n) = queue.blocking_recv() {
                sum += n;
            }
            let slow = async {
                sleep(Duration::from_secs(1)).await;
                sum
            };
            reply
                .send(tokio::runtime::Handle::current().block_on(slow))
                .unwrap();
        });
        for n in 1..=3 {
            jobs.send(n).await.unwrap();
        }
        drop(jobs);
        assert_eq!(answer.await, Ok(6));
        worker.await.unwrap();
    });
    breaks(
        FailureKind::Deadlock,
        "main and T1 wait for ever",
        || async {
            let (_jobs, mut queue) = mpsc::channel::<u8>(1);
            tokio::task::spawn_blocking(move || queue.blocking_recv())
                .await
                .unwrap();
        },
    );
}

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

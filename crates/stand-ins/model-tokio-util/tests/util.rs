//! Cancellation tokens and task trackers: programs that hold, programs that break, and the same
//! programs on the real crates.

use std::sync::{Arc, Mutex as StdMutex};
use std::time::Duration;

use explore::FailureKind;
use model_tokio as tokio;
use model_tokio_util as tokio_util;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

#[test]
fn a_worker_ends_when_it_is_cancelled() {
    explore::tasks().check(|| async {
        let token = CancellationToken::new();
        let own = token.child_token();
        let worker = tokio::spawn(async move {
            let mut rounds = 0;
            loop {
                tokio::select! {
                    () = own.cancelled() => break rounds,
                    () = tokio::time::sleep(Duration::from_secs(1)) => rounds += 1,
                }
            }
        });
        tokio::time::sleep(Duration::from_millis(3_500)).await;
        token.cancel();
        assert_eq!(worker.await.unwrap(), 3);
    });
}

#[test]
fn a_worker_that_nobody_cancels_is_left_behind() {
    let verdict = explore::tasks().explore(|| async {
        let token = CancellationToken::new();
        tokio::spawn(async move { token.cancelled().await });
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::LeftBehind);
    assert_eq!(
        verdict.timeline().outcome.stuck[0].what,
        "waits for the end of token"
    );
}

#[test]
fn a_picture_shows_who_cancelled_what_stands_above_a_child() {
    let verdict = explore::tasks().explore(|| async {
        let parent = CancellationToken::new();
        let child = parent.child_token();
        tokio::spawn(async move { parent.cancel() });
        assert!(
            child
                .run_until_cancelled(std::future::pending::<()>())
                .await
                .is_some()
        );
    });
    let picture = verdict.to_string();
    assert!(picture.contains("cancels parent"), "{picture}");
    assert!(
        picture.contains("sees that child is cancelled"),
        "{picture}"
    );
}

#[test]
fn a_guard_cancels_at_the_end_of_its_scope() {
    explore::tasks().check(|| async {
        let token = CancellationToken::new();
        let own = token.clone();
        let worker =
            tokio::spawn(
                async move { own.run_until_cancelled(std::future::pending::<()>()).await },
            );
        {
            let _guard = token.clone().drop_guard();
            tokio::task::yield_now().await;
        }
        assert_eq!(worker.await.unwrap(), None);
        let kept = token.child_token().drop_guard().disarm();
        assert!(kept.is_cancelled());
    });
}

#[test]
fn a_grandchild_is_cancelled_though_its_parent_is_gone() {
    explore::tasks().check(|| async {
        let root = CancellationToken::new();
        let grandchild = root.child_token().child_token();
        let waiting = tokio::spawn(async move { grandchild.cancelled().await });
        tokio::task::yield_now().await;
        root.cancel();
        waiting.await.unwrap();
    });
}

#[test]
fn a_tracker_that_is_not_closed_is_waited_for_in_vain() {
    let verdict = explore::tasks().explore(|| async {
        let tracker = TaskTracker::new();
        tracker.spawn(async {});
        tracker.wait().await;
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    assert_eq!(
        verdict.timeline().outcome.stuck[0].what,
        "waits for the tasks of tracker"
    );
}

#[test]
fn a_tracker_waits_for_the_last_task() {
    explore::tasks().check(|| async {
        let tracker = TaskTracker::new();
        let done = Arc::new(StdMutex::new(0));
        for _ in 0..3 {
            let done = done.clone();
            tracker.spawn(async move {
                tokio::task::yield_now().await;
                *done.lock().unwrap() += 1;
            });
        }
        tracker.close();
        tracker.wait().await;
        assert_eq!(*done.lock().unwrap(), 3);
    });
}

#[test]
fn a_handle_that_aborts_leaves_nothing_behind() {
    explore::tasks().check(|| async {
        let handle = AbortOnDropHandle::new(tokio::spawn(std::future::pending::<()>()));
        tokio::task::yield_now().await;
        drop(handle);
    });
}

macro_rules! same {
    ($($name:ident($log:ident) $body:block)*) => { $(
        #[test]
        fn $name() {
            fn here() -> Vec<String> {
                use model_tokio as tokio;
                use model_tokio_util as tokio_util;
                let log: Arc<StdMutex<Vec<String>>> = Arc::default();
                let all = log.clone();
                explore::tasks().current_thread().bound(0).explore(move || {
                    all.lock().unwrap().clear();
                    let all = all.clone();
                    let $log = move |text: String| all.lock().unwrap().push(text);
                    async move { $body }
                }).expect_pass();
                std::mem::take(&mut log.lock().unwrap())
            }

            fn there() -> Vec<String> {
                use real as tokio;
                use real_util as tokio_util;
                let log: Arc<StdMutex<Vec<String>>> = Arc::default();
                let all = log.clone();
                let $log = move |text: String| all.lock().unwrap().push(text);
                let mut runtime = tokio::runtime::Builder::new_current_thread();
                let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
                runtime.block_on(async move { $body });
                std::mem::take(&mut log.lock().unwrap())
            }

            assert_eq!(here(), there());
        }
    )* };
}

same! {
    a_family_of_tokens_is_cancelled_alike(log) {
        use tokio_util::sync::CancellationToken;
        let root = CancellationToken::new();
        let children: Vec<_> = (0..3).map(|_| root.child_token()).collect();
        let grandchild = children[1].child_token();
        let named = [("root", &root), ("0", &children[0]), ("1", &children[1]), ("2", &children[2]), ("1.0", &grandchild)];
        let waiting: Vec<_> = named.into_iter().map(|(name, token)| {
            let (token, log) = (token.clone(), log.clone());
            tokio::spawn(async move { token.cancelled_owned().await; log(format!("{name} is over")); })
        }).collect();
        tokio::task::yield_now().await;
        children[0].cancel();
        log(format!("{:?}", named.map(|(_, token)| token.is_cancelled())));
        tokio::task::yield_now().await;
        root.cancel();
        log(format!("{:?}", named.map(|(_, token)| token.is_cancelled())));
        for task in waiting { task.await.unwrap(); }
        log(format!("{:?} {}", root, root.child_token().is_cancelled()));
        let (ready, never) = (async { 1 }, std::future::pending::<u8>());
        log(format!("{:?} {:?}", root.run_until_cancelled(ready).await, root.run_until_cancelled(never).await));
        let fresh = CancellationToken::new();
        log(format!("{:?} {}", fresh.run_until_cancelled(async { 2 }).await, fresh == fresh.clone()));
    }

    a_tracker_counts(log) {
        use tokio_util::task::TaskTracker;
        let tracker = TaskTracker::new();
        log(format!("{} {} {}", tracker.len(), tracker.is_empty(), tracker.is_closed()));
        let token = tracker.token();
        let other = token.clone();
        let task = tracker.spawn(async { tokio::task::yield_now().await; 5 });
        log(format!("{} {}", tracker.len(), TaskTracker::ptr_eq(&tracker, token.task_tracker())));
        log(format!("{} {} {}", tracker.close(), tracker.close(), tracker.is_closed()));
        drop((token, other));
        let wait = tracker.wait();
        log(format!("{}", task.await.unwrap()));
        log(format!("{} {}", tracker.reopen(), tracker.is_closed()));
        let _late = tracker.token();
        wait.await;
        log("it was empty once".to_string());
        log(format!("{:?}", tracker.track_future(async { 3 }).await));
    }
}

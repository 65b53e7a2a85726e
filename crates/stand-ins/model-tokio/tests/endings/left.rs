//! Tasks that are left behind, and panics that are lost.

use std::sync::Arc;
use std::time::Duration;

use explore::FailureKind;
use model_tokio as tokio;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{breaks, holds};

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

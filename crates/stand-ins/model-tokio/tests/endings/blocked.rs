//! Tasks that block, spin or go on for ever.

use std::sync::Arc;
use std::time::Duration;

use explore::FailureKind;
use model_tokio as tokio;
use tokio::sync::{Semaphore, broadcast, mpsc, oneshot, watch};
use tokio::time::{interval, sleep};

use super::{breaks, holds};

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
    let message = "not over after 10,000 steps; at the end, T1 hears a tick at line";
    breaks(FailureKind::TooLong, message, || async {
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
    breaks(FailureKind::BlocksRuntime, "T1 calls block_on", || async {
        let task = tokio::spawn(async {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {});
        });
        task.await.unwrap();
    });
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
fn the_sender_that_keeps_a_receiver_waiting_is_named() {
    breaks(
        FailureKind::Deadlock,
        "main waits for a message from results, and the sender that main made at line",
        || async {
            let (results, mut all) = mpsc::channel::<u32>(1);
            let another = results.clone();
            let worker = tokio::spawn(async move { another.send(1).await });
            while all.recv().await.is_some() {}
            worker.await.unwrap().unwrap();
            drop(results);
        },
    );
    breaks(
        FailureKind::Deadlock,
        "main waits for a message from news, and 2 senders are still there",
        || async {
            let (news, mut subscriber) = broadcast::channel::<u32>(1);
            let _another = news.clone();
            let _ = subscriber.recv().await;
            drop(news);
        },
    );
    breaks(
        FailureKind::Deadlock,
        "main waits for a change of decision, and the sender that main made at line",
        || async {
            let (decision, mut decided) = watch::channel(0);
            let _ = decided.changed().await;
            drop(decision);
        },
    );
    breaks(
        FailureKind::LeftBehind,
        "is not: it waits for a message from orders, and the sender that main made at line",
        || async {
            let (orders, mut kitchen) = mpsc::unbounded_channel::<u32>();
            tokio::spawn(async move { while kitchen.recv().await.is_some() {} });
            std::mem::forget(orders);
        },
    );
}

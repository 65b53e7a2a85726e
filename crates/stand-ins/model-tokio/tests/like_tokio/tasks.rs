//! Tasks, and the order in which they run.

use super::{Log, same};

same! {
    tasks_run_in_the_order_of_their_spawning(log, begin) {
        let tasks: Vec<_> = (0..5).map(|i| {
            let log = log.clone();
            tokio::spawn(async move { log.say(format!("task {i}")) })
        }).collect();
        log.say("spawned");
        for task in tasks {
            task.await.unwrap();
            log.say("joined");
        }
    }

    those_who_yield_come_back_in_tokios_order(log, begin) {
        let tasks: Vec<_> = (0..4).map(|i| {
            let log = log.clone();
            tokio::spawn(async move {
                for round in 0..3 {
                    log.say(format!("{round}: task {i}"));
                    tokio::task::yield_now().await;
                }
            })
        }).collect();
        for round in 0..3 {
            log.say(format!("{round}: main"));
            tokio::task::yield_now().await;
        }
        for task in tasks {
            task.await.unwrap();
        }
    }

    a_task_that_wakes_itself_lets_main_run(log, begin) {
        let busy = {
            let log = log.clone();
            tokio::spawn(async move {
                let mut polls = 0;
                std::future::poll_fn(|cx| {
                    polls += 1;
                    if polls < 200 {
                        cx.waker().wake_by_ref();
                        return std::task::Poll::Pending;
                    }
                    std::task::Poll::Ready(())
                }).await;
                log.say("busy is over");
            })
        };
        let other = { let log = log.clone(); tokio::spawn(async move { log.say("other") }) };
        for i in 0..5 {
            log.say(format!("main {i}"));
            tokio::task::yield_now().await;
        }
        busy.await.unwrap();
        other.await.unwrap();
    }

    a_busy_task_runs_out_of_budget(log, begin) {
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        for i in 0..300 {
            tx.send(i).unwrap();
        }
        drop(tx);
        let busy = {
            let log = log.clone();
            tokio::spawn(async move {
                while let Some(i) = rx.recv().await {
                    if i % 50 == 0 { log.say(format!("received {i}")) }
                }
            })
        };
        let other = {
            let log = log.clone();
            tokio::spawn(async move {
                for i in 0..4 { log.say(format!("other {i}")); tokio::task::yield_now().await; }
            })
        };
        busy.await.unwrap();
        other.await.unwrap();
    }

    what_is_closed_costs_no_budget(log, begin) {
        let (tx, rx) = tokio::sync::mpsc::channel(1);
        drop(rx);
        let permits = std::sync::Arc::new(tokio::sync::Semaphore::new(1));
        permits.close();
        let busy = {
            let log = log.clone();
            tokio::spawn(async move {
                for i in 0..300 {
                    let sent = tx.send(i).await.is_ok() || tx.reserve().await.is_ok();
                    let owned = tx.clone().reserve_owned().await.is_ok();
                    let taken = permits.acquire().await.is_ok();
                    if i % 100 == 0 { log.say(format!("{i}: {sent} {owned} {taken}")) }
                }
            })
        };
        let other = {
            let log = log.clone();
            tokio::spawn(async move { log.say("other") })
        };
        busy.await.unwrap();
        other.await.unwrap();
    }

    an_aborted_task_is_dropped_in_its_turn(log, begin) {
        struct Bell(Log);
        impl Drop for Bell { fn drop(&mut self) { self.0.say("dropped"); } }
        let task = {
            let log = log.clone();
            tokio::spawn(async move {
                let _bell = Bell(log.clone());
                log.say("begins");
                std::future::pending::<()>().await;
            })
        };
        tokio::task::yield_now().await;
        log.say(format!("{}", task.is_finished()));
        task.abort();
        log.say(format!("aborted {}", task.is_finished()));
        let error = task.await.unwrap_err();
        log.say(format!("{} {}", error.is_cancelled(), error.is_panic()));
        let quick = tokio::spawn(async { 5 });
        tokio::task::yield_now().await;
        quick.abort();
        log.say(format!("{:?}", quick.await));
        let early = { let log = log.clone(); tokio::spawn(async move { log.say("never") }) };
        early.abort();
        log.say(format!("{}", early.await.is_err()));
    }

    a_join_set_joins_in_the_order_of_the_ends(log, begin) {
        use std::time::Duration;
        let mut set = tokio::task::JoinSet::new();
        for ms in [30, 10, 20, 10] {
            set.spawn(async move { tokio::time::sleep(Duration::from_millis(ms)).await; ms });
        }
        log.say(format!("{} {:?}", set.len(), set.try_join_next().is_none()));
        log.say(format!("{:?}", set.join_next().await.map(Result::unwrap)));
        set.abort_all();
        while let Some(joined) = set.join_next().await {
            log.say(format!("{:?}", joined.map_err(|error| error.is_cancelled())));
        }
        let set: tokio::task::JoinSet<_> = (0..3).map(|i| async move { i * 2 }).collect();
        log.say(format!("{:?}", set.join_all().await));
    }

    local_tasks_run_while_they_are_driven(log, begin) {
        use std::rc::Rc;
        let shared = Rc::new(std::cell::Cell::new(0));
        let local = tokio::task::LocalSet::new();
        let early = {
            let (log, shared) = (log.clone(), shared.clone());
            local.spawn_local(async move { shared.set(shared.get() + 1); log.say("early") })
        };
        tokio::task::yield_now().await;
        log.say(format!("not driven: {}", shared.get()));
        local.run_until(async {
            let task = {
                let shared = shared.clone();
                tokio::task::spawn_local(async move { shared.set(shared.get() + 10) })
            };
            task.await.unwrap();
            early.await.unwrap();
            log.say(format!("driven: {}", shared.get()));
        }).await;
        let (log2, shared2) = (log.clone(), shared.clone());
        local.spawn_local(async move { tokio::task::yield_now().await; shared2.set(0); log2.say("last") });
        local.await;
        log.say(format!("over: {}", shared.get()));
    }
}

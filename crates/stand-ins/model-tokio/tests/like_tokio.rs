//! The same program on tokio's own runtime and here: in the order that is tokio's own, both do the
//! same, step by step and to the millisecond.

use std::sync::{Arc, Mutex as StdMutex};

/// What a program writes down.
#[derive(Clone, Default)]
struct Log(Arc<StdMutex<Vec<String>>>);

impl Log {
    fn say(&self, what: impl Into<String>) {
        self.0.lock().expect("nobody panics").push(what.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("nobody panics"))
    }
}

macro_rules! same {
    ($($name:ident($log:ident, $begin:ident) $body:block)*) => { $(
        #[test]
        fn $name() {
            fn here() -> Vec<String> {
                use model_tokio as tokio;
                let log = Log::default();
                let $log = log.clone();
                explore::tasks()
                    .current_thread()
                    .bound(0)
                    .may_lose_panics()
                    .explore(move || {
                        $log.take();
                        let $log = $log.clone();
                        async move {
                            #[allow(unused_variables)]
                            let $begin = tokio::time::Instant::now();
                            $body
                        }
                    })
                    .expect_pass();
                log.take()
            }

            fn there() -> Vec<String> {
                use real as tokio;
                let $log = Log::default();
                let log = $log.clone();
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_time()
                    .start_paused(true)
                    .build()
                    .expect("a runtime");
                runtime.block_on(async move {
                    #[allow(unused_variables)]
                    let $begin = tokio::time::Instant::now();
                    $body
                });
                log.take()
            }

            let (here, there) = (here(), there());
            assert!(!there.is_empty());
            assert_eq!(here, there);
        }
    )* };
}

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

    sleeps_end_in_order_and_on_whole_milliseconds(log, begin) {
        use std::time::Duration;
        let mut tasks = tokio::task::JoinSet::new();
        for micros in [2_500, 100, 0, 3_000, 1_000, 2_501, 999] {
            let log = log.clone();
            tasks.spawn(async move {
                tokio::time::sleep(Duration::from_micros(micros)).await;
                log.say(format!("{micros} after {:?}", begin.elapsed()));
            });
        }
        while let Some(task) = tasks.join_next().await {
            task.unwrap();
            log.say("joined");
        }
    }

    equal_deadlines_end_in_the_order_of_their_beginnings(log, begin) {
        use std::time::Duration;
        let tasks: Vec<_> = (0..4_u64).map(|i| {
            let log = log.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(10 * i)).await;
                tokio::time::sleep(Duration::from_millis(100 - 10 * i)).await;
                log.say(format!("task {i} at {:?}", begin.elapsed()));
            })
        }).collect();
        for task in tasks {
            task.await.unwrap();
        }
    }

    a_sleep_can_be_reset(log, begin) {
        use std::time::Duration;
        let sleep = tokio::time::sleep(Duration::from_millis(50));
        tokio::pin!(sleep);
        tokio::select! {
            biased;
            () = &mut sleep => log.say("too early"),
            () = tokio::time::sleep(Duration::from_millis(20)) => log.say("twenty"),
        }
        log.say(format!("{} {:?}", sleep.is_elapsed(), sleep.deadline() - begin));
        sleep.as_mut().reset(begin + Duration::from_millis(500));
        sleep.as_mut().await;
        log.say(format!("{} at {:?}", sleep.is_elapsed(), begin.elapsed()));
    }

    intervals_burst(log, begin) {
        use std::time::Duration;
        let mut ticks = tokio::time::interval(Duration::from_millis(10));
        for late in [0, 0, 35, 0, 0, 0, 3, 0] {
            let due = ticks.tick().await;
            log.say(format!("due {:?} at {:?}", due - begin, begin.elapsed()));
            tokio::time::sleep(Duration::from_millis(late)).await;
        }
    }

    intervals_delay(log, begin) {
        use std::time::Duration;
        let mut ticks = tokio::time::interval(Duration::from_millis(10));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        for late in [0, 0, 35, 0, 14, 0, 16, 0] {
            let due = ticks.tick().await;
            log.say(format!("due {:?} at {:?}", due - begin, begin.elapsed()));
            tokio::time::sleep(Duration::from_millis(late)).await;
        }
    }

    intervals_skip(log, begin) {
        use std::time::Duration;
        let start = begin + Duration::from_millis(7);
        let mut ticks = tokio::time::interval_at(start, Duration::from_millis(10));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        for late in [0, 0, 35, 0, 14, 15, 16, 0, 100] {
            let due = ticks.tick().await;
            log.say(format!("due {:?} at {:?}", due - begin, begin.elapsed()));
            tokio::time::sleep(Duration::from_millis(late)).await;
        }
        ticks.reset();
        log.say(format!("{:?}", ticks.tick().await - begin));
        ticks.reset_immediately();
        log.say(format!("{:?}", ticks.tick().await - begin));
        ticks.reset_after(Duration::from_millis(3));
        log.say(format!("{:?}", ticks.tick().await - begin));
    }

    timeouts_run_out_or_not(log, begin) {
        use std::time::Duration;
        let ms = Duration::from_millis;
        for (patience, work) in [(10, 5), (5, 10), (10, 10), (0, 1), (0, 0)] {
            let done = tokio::time::timeout(ms(patience), tokio::time::sleep(ms(work))).await;
            log.say(format!("{patience} {work}: {done:?} at {:?}", begin.elapsed()));
        }
        let never = std::future::pending::<()>();
        let end = tokio::time::timeout_at(begin + ms(77), never).await;
        log.say(format!("{} at {:?}", end.unwrap_err(), begin.elapsed()));
    }

    a_full_channel_holds_the_sender_up(log, begin) {
        let (tx, mut rx) = tokio::sync::mpsc::channel(2);
        let sender = {
            let log = log.clone();
            tokio::spawn(async move {
                for i in 0..6 {
                    tx.send(i).await.unwrap();
                    log.say(format!("sent {i}, room for {}", tx.capacity()));
                }
            })
        };
        while let Some(i) = rx.recv().await {
            log.say(format!("received {i}"));
        }
        sender.await.unwrap();
    }

    reserved_room_is_used_or_given_back(log, begin) {
        let (tx, mut rx) = tokio::sync::mpsc::channel(2);
        let permit = tx.reserve().await.unwrap();
        let owned = tx.clone().reserve_owned().await.unwrap();
        log.say(format!("{:?} {:?}", tx.try_send(9), tx.try_reserve().err()));
        drop(permit);
        let tx = owned.send(1);
        for permit in tx.reserve_many(1).await.unwrap() {
            permit.send(2);
        }
        let mut all = Vec::new();
        log.say(format!("{} messages: {:?}", rx.recv_many(&mut all, 10).await, all));
        let weak = tx.downgrade();
        log.say(format!("{}", weak.upgrade().is_some()));
        drop(tx);
        log.say(format!("{} {:?}", weak.upgrade().is_some(), rx.try_recv()));
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

    one_answer_comes_or_does_not(log, begin) {
        use tokio::sync::oneshot;
        let (tx, rx) = oneshot::channel();
        log.say(format!("{:?} {:?}", tx.send(1), rx.await));
        let (tx, rx) = oneshot::channel::<u8>();
        drop(tx);
        log.say(format!("{}", rx.await.unwrap_err()));
        let (mut tx, mut rx) = oneshot::channel::<u8>();
        log.say(format!("{:?} {}", rx.try_recv(), tx.is_closed()));
        rx.close();
        tx.closed().await;
        log.say(format!("{:?} {:?}", tx.send(3), rx.try_recv()));
    }

    broadcasts_lag(log, begin) {
        use tokio::sync::broadcast;
        let (tx, mut first) = broadcast::channel(2);
        let mut second = tx.subscribe();
        for i in 0..5 {
            log.say(format!("{:?}", tx.send(i)));
            if i < 2 { log.say(format!("{:?}", first.recv().await)); }
        }
        let mut third = second.resubscribe();
        drop(tx);
        for rx in [&mut first, &mut second, &mut third] {
            for _ in 0..4 { log.say(format!("{:?} {}", rx.try_recv(), rx.len())); }
            log.say(format!("{:?}", rx.recv().await));
        }
    }

    a_watch_shows_the_last_value(log, begin) {
        use tokio::sync::watch;
        let (tx, mut rx) = watch::channel(0);
        let watcher = {
            let (log, mut rx) = (log.clone(), rx.clone());
            tokio::spawn(async move {
                while rx.changed().await.is_ok() {
                    let seen = *rx.borrow_and_update();
                    log.say(format!("sees {seen}"));
                }
                log.say("the sender is gone");
            })
        };
        tx.send(1).unwrap();
        tx.send_modify(|n| *n += 1);
        tokio::task::yield_now().await;
        log.say(format!("{} {:?}", tx.send_if_modified(|_| false), rx.has_changed()));
        log.say(format!("{}", tx.send_replace(7)));
        log.say(format!("{}", *rx.wait_for(|n| *n == 7).await.unwrap()));
        drop(tx);
        watcher.await.unwrap();
        log.say(format!("{:?}", rx.changed().await.is_err()));
    }

    notifications_are_heard_once(log, begin) {
        use std::sync::Arc;
        let bell = Arc::new(tokio::sync::Notify::new());
        bell.notify_one();
        bell.notify_one();
        bell.notified().await;
        log.say("heard what came before");
        let listeners: Vec<_> = (0..4).map(|i| {
            let (log, bell) = (log.clone(), bell.clone());
            tokio::spawn(async move { bell.notified().await; log.say(format!("{i} heard")); })
        }).collect();
        tokio::task::yield_now().await;
        bell.notify_one();
        bell.notify_last();
        tokio::task::yield_now().await;
        log.say("now all");
        bell.notify_waiters();
        for listener in listeners { listener.await.unwrap(); }
        let late = bell.notified();
        tokio::pin!(late);
        log.say(format!("{}", late.as_mut().enable()));
        bell.notify_waiters();
        late.await;
        log.say("heard");
        let owned = bell.clone().notified_owned();
        bell.notify_one();
        owned.await;
        log.say("heard again");
    }

    permits_are_given_in_turn(log, begin) {
        use std::sync::Arc;
        let limit = Arc::new(tokio::sync::Semaphore::new(3));
        let tasks: Vec<_> = [2, 3, 1, 2].into_iter().map(|n| {
            let (log, limit) = (log.clone(), limit.clone());
            tokio::spawn(async move {
                let permit = limit.acquire_many(n).await.unwrap();
                log.say(format!("{n} permits, {} left", limit.available_permits()));
                tokio::task::yield_now().await;
                drop(permit);
            })
        }).collect();
        for task in tasks { task.await.unwrap(); }
        let mut permit = limit.clone().try_acquire_many_owned(2).unwrap();
        let other = permit.split(1).unwrap();
        other.forget();
        permit.merge(limit.clone().acquire_owned().await.unwrap());
        log.say(format!("{} {}", permit.num_permits(), limit.available_permits()));
        log.say(format!("{:?}", limit.try_acquire().err()));
        drop(permit);
        log.say(format!("{} {}", limit.forget_permits(5), limit.available_permits()));
        limit.add_permits(1);
        limit.close();
        log.say(format!("{:?} {}", limit.try_acquire().err(), limit.acquire().await.unwrap_err()));
    }

    locks_are_fair(log, begin) {
        use std::sync::Arc;
        let lock = Arc::new(tokio::sync::RwLock::new(0));
        let tasks: Vec<_> = "rrwrw".chars().enumerate().map(|(i, kind)| {
            let (log, lock) = (log.clone(), lock.clone());
            tokio::spawn(async move {
                if kind == 'r' {
                    let value = lock.read().await;
                    log.say(format!("{i} reads {value}"));
                    tokio::task::yield_now().await;
                } else {
                    let mut value = lock.write().await;
                    *value += 1;
                    log.say(format!("{i} writes {value}"));
                    tokio::task::yield_now().await;
                    let value = value.downgrade();
                    log.say(format!("{i} still reads {value}"));
                }
            })
        }).collect();
        for task in tasks { task.await.unwrap(); }
        let mutex = Arc::new(tokio::sync::Mutex::new(vec![1, 2]));
        let guard = mutex.lock().await;
        log.say(format!("{:?} {}", mutex, mutex.try_lock().unwrap_err()));
        let mut part = tokio::sync::MutexGuard::map(guard, |all| &mut all[1]);
        *part += 5;
        drop(part);
        log.say(format!("{:?} {:?}", mutex, mutex.clone().lock_owned().await));
    }

    a_barrier_has_one_leader(log, begin) {
        use std::sync::Arc;
        let barrier = Arc::new(tokio::sync::Barrier::new(3));
        let tasks: Vec<_> = (0..6).map(|_| {
            let barrier = barrier.clone();
            tokio::spawn(async move { barrier.wait().await.is_leader() })
        }).collect();
        for (i, task) in tasks.into_iter().enumerate() {
            log.say(format!("{i} {}", task.await.unwrap()));
        }
    }

    a_cell_is_filled_once(log, begin) {
        use std::sync::Arc;
        let cell = Arc::new(tokio::sync::OnceCell::new());
        let tasks: Vec<_> = (0..3).map(|i| {
            let (log, cell) = (log.clone(), cell.clone());
            tokio::spawn(async move {
                let value = cell.get_or_try_init(|| async {
                    tokio::task::yield_now().await;
                    if i == 0 { Err("no") } else { Ok(i) }
                }).await.copied();
                log.say(format!("{i}: {value:?} {:?}", cell.set(9)));
            })
        }).collect();
        for task in tasks { task.await.unwrap(); }
        log.say(format!("{:?} {:?}", cell.get(), cell.initialized()));
        let once = tokio::sync::SetOnce::new();
        let (seen, set) = tokio::join!(async { *once.wait().await }, async { once.set(4).is_ok() });
        log.say(format!("{seen} {set} {}", once.set(5).is_err()));
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

    branches_are_polled_in_turn(log, begin) {
        let branch = |name: &'static str, polls: u32| {
            let log = log.clone();
            let mut left = polls;
            std::future::poll_fn(move |cx| {
                log.say(name);
                left -= 1;
                if left > 0 { cx.waker().wake_by_ref(); return std::task::Poll::Pending; }
                std::task::Poll::Ready(name)
            })
        };
        log.say(format!("{:?}", tokio::join!(branch("a", 3), branch("b", 1), branch("c", 2))));
        log.say(format!("{:?}", tokio::join!(biased; branch("a", 2), branch("b", 2))));
        let failed: Result<(&str, &str), &str> = tokio::try_join!(
            async { Ok(branch("d", 4).await) },
            async { Err(branch("e", 2).await) },
        );
        log.say(format!("{failed:?}"));
        let fine: Result<(u8,), ()> = tokio::try_join!(async { Ok(1) });
        log.say(format!("{fine:?}"));
    }

    select_takes_patterns_and_conditions(log, begin) {
        let (tx, mut rx) = tokio::sync::mpsc::channel::<Option<u32>>(4);
        for message in [Some(1), None, Some(2)] { tx.send(message).await.unwrap(); }
        let mut open = true;
        let mut rounds = 0;
        loop {
            rounds += 1;
            let what: String = tokio::select! {
                biased;
                Some(Some(mut n)) = rx.recv(), if open => { n += 10; format!("number {n}") }
                _ = tokio::task::yield_now(), if !open => "yielded".into(),
                else => { open = false; "nothing fits".to_string() },
            };
            log.say(what);
            if rounds == 5 { break; }
        }
        let value = tokio::select! { x = async { 7 } => x };
        log.say(format!("{value}"));
    }

    task_locals_follow_their_task(log, begin) {
        tokio::task_local! {
            static USER: &'static str;
            static DEPTH: u32;
        }
        let tasks: Vec<_> = ["ann", "bob"].into_iter().map(|user| {
            let log = log.clone();
            tokio::spawn(USER.scope(user, async move {
                log.say(format!("{} {:?}", USER.get(), DEPTH.try_get().is_err()));
                tokio::task::yield_now().await;
                DEPTH.scope(1, async { log.say(format!("{} {}", USER.get(), DEPTH.get())) }).await;
                USER.sync_scope("eve", || log.say(USER.get()));
                log.say(USER.with(|user| user.to_string()));
            }))
        }).collect();
        for task in tasks { task.await.unwrap(); }
        log.say(format!("{}", USER.try_with(|_| ()).unwrap_err()));
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

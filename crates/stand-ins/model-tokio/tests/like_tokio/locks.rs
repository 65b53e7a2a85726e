//! Locks, permits, notifications.

use super::{Log, same};

same! {
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
}

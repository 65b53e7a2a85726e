//! Channels.

use super::{Log, same};

same! {
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

    // One task: in which order a watch wakes several is left to tokio's dice.
    a_task_waits_for_a_value_of_a_watch(log, begin) {
        let (tx, mut rx) = tokio::sync::watch::channel(0);
        let waiter = {
            let log = log.clone();
            tokio::spawn(async move {
                log.say(format!("waited for {}", *rx.wait_for(|n| *n == 7).await.unwrap()));
            })
        };
        for n in [1, 7] {
            tokio::task::yield_now().await;
            log.say(format!("sends {n}"));
            tx.send(n).unwrap();
        }
        waiter.await.unwrap();
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
        // A watch wakes those who wait in a random order: only one of the two tells.
        let waiter = {
            let mut rx = rx.clone();
            tokio::spawn(async move { *rx.wait_for(|n| *n == 7).await.unwrap() })
        };
        tx.send(1).unwrap();
        tx.send_modify(|n| *n += 1);
        tokio::task::yield_now().await;
        log.say(format!("{} {:?}", tx.send_if_modified(|_| false), rx.has_changed()));
        log.say(format!("{}", tx.send_replace(7)));
        log.say(format!("{}", *rx.wait_for(|n| *n == 7).await.unwrap()));
        let waited_for = waiter.await.unwrap();
        log.say(format!("waited for {waited_for}"));
        drop(tx);
        watcher.await.unwrap();
        log.say(format!("{:?}", rx.changed().await.is_err()));
    }
}

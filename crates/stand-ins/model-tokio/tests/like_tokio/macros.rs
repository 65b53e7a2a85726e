//! `select!`, `join!`, `task_local!`.

use super::{Log, same};

same! {
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
}

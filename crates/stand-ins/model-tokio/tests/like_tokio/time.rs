//! Sleeps, timeouts, intervals.

use super::{Log, same};

same! {
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
}

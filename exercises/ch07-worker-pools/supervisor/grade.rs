//! What is asked of the supervisor, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use explore::Tasks;
use supervisor::{Counts, End, Fate, Limits, Receipt, Refused, Supervisor, Work};
use tokio::sync::Barrier;
use tokio::task;
use tokio::time::{self, Instant};

#[test]
fn every_accepted_job_has_a_fate() {
    world(2).check(|| async {
        let pool = start(2, 3);
        let jobs = [quiet(), panics(), quiet()];
        let receipts = jobs.map(|job| accepted(&pool, "feed", job));
        let fates = fates(receipts).await;
        assert!(
            fates == [Fate::Done, Fate::Panicked, Fate::Done],
            "of 3 jobs the second one panics, and their fates are {fates:?}"
        );
        stop(&pool).await;
    });
}

#[test]
fn jobs_begin_in_order_and_no_more_at_a_time_than_there_are_workers() {
    world(1).check(|| async {
        let pool = start(2, 3);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let begun = Arc::new(Mutex::new(Vec::new()));
        for number in 0..4 {
            let (now, most, begun) = (Arc::clone(&now), Arc::clone(&most), Arc::clone(&begun));
            let counted = async move {
                let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(running, Ordering::SeqCst);
                begun.lock().unwrap().push(number);
                // The first one is over last, and no two are over at the same time.
                time::sleep(seconds(if number == 0 { 20 } else { 3 })).await;
                now.fetch_sub(1, Ordering::SeqCst);
            };
            accepted(&pool, "feed", Box::pin(counted));
            time::sleep(seconds(1)).await;
        }
        stop(&pool).await;
        let most = most.load(Ordering::SeqCst);
        assert!(most <= 2, "{most} jobs ran at a time, by 2 workers");
        let begun = begun.lock().unwrap().clone();
        assert!(
            begun == [0, 1, 2, 3],
            "jobs 0 to 3 were accepted in this order, and began as {begun:?}"
        );
    });
}

#[test]
fn a_worker_that_panicked_is_replaced() {
    world(2).check(|| async {
        let pool = start(2, 3);
        let receipts = [panics(), panics(), panics()].map(|job| accepted(&pool, "bad", job));
        fates(receipts).await;
        let both = Arc::new(Barrier::new(2));
        let receipts = [0, 1].map(|_| {
            let both = Arc::clone(&both);
            let meets = async move {
                both.wait().await;
            };
            accepted(&pool, "good", Box::pin(meets))
        });
        for receipt in receipts {
            let met = time::timeout(seconds(10), receipt.fate()).await;
            assert!(
                met.is_ok(),
                "of 2 workers 3 panicked and were to be replaced, and 2 jobs that wait for each other \
                 do not come to an end"
            );
        }
        stop(&pool).await;
    });
}

#[test]
fn as_many_jobs_run_as_there_are_workers() {
    world(3).check(|| async {
        let pool = start(2, 3);
        // The workers are about to wait, or do.
        for _ in 0..2 {
            task::yield_now().await;
        }
        let both = Arc::new(Barrier::new(2));
        let receipts = [0, 1].map(|_| {
            let both = Arc::clone(&both);
            let meets = async move {
                both.wait().await;
            };
            accepted(&pool, "feed", Box::pin(meets))
        });
        for receipt in receipts {
            let met = time::timeout(seconds(10), receipt.fate()).await;
            assert!(
                met.is_ok(),
                "with 2 workers, 2 jobs that wait for each other do not come to an end"
            );
        }
        stop(&pool).await;
    });
}

#[test]
fn a_job_that_comes_when_another_ends_needs_one_worker() {
    world(2).check(|| async {
        let pool = start(2, 3);
        let slow = accepted(&pool, "feed", slow(5));
        time::sleep(seconds(5)).await;
        let fates = fates([slow, accepted(&pool, "feed", quiet())]).await;
        assert!(
            fates == [Fate::Done; 2],
            "2 quiet jobs, and their fates are {fates:?}"
        );
        check_counts(&pool, 2, 0, 0, "2 workers had done 2 jobs").await;
        stop(&pool).await;
    });
}

#[test]
fn the_counts_are_exact_while_everybody_waits() {
    world(2).check(|| async {
        let pool = start(2, 2);
        check_counts(&pool, 2, 0, 0, "2 workers were started").await;
        let slow = accepted(&pool, "slow", slow(100));
        check_counts(&pool, 2, 0, 0, "1 of 2 workers was busy").await;
        accepted(&pool, "bad", panics());
        check_counts(&pool, 2, 1, 1, "1 was busy and 1 had panicked").await;
        accepted(&pool, "bad", panics());
        check_counts(&pool, 2, 2, 2, "1 was busy and 2 had panicked").await;
        accepted(&pool, "bad", panics());
        check_counts(
            &pool,
            1,
            3,
            2,
            "1 was busy and 3 had panicked, one too many",
        )
        .await;
        slow.fate().await;
        check_counts(
            &pool,
            0,
            3,
            2,
            "the pool had given up and the last job was over",
        )
        .await;
    });
}

#[test]
fn the_counts_are_exact_after_a_stop() {
    world(2).check(|| async {
        let pool = Arc::new(start(2, 3));
        accepted(&pool, "slow", slow(100));
        let closing = Arc::clone(&pool);
        let closing = tokio::spawn(async move { closing.stop().await });
        check_counts(
            &pool,
            1,
            0,
            0,
            "of 2 workers 1 was busy and the pool was stopping",
        )
        .await;
        closing.await.expect("stop panicked");
        let counts = pool.counts();
        assert!(
            counts == Counts::default(),
            "stop returned, and the counts were {counts:?}"
        );
    });
}

#[test]
fn one_panic_too_many_within_the_time_and_the_pool_gives_up() {
    world(2).check(|| async {
        // Two restarts within 60 s.
        let pool = start(1, 2);
        for panic in 1..=3 {
            accepted(&pool, "bad", panics());
            time::sleep(seconds(20)).await;
            let gave_up = pool.submit("good", quiet()).err();
            let wanted = (panic == 3).then_some(Refused::GivenUp);
            assert!(
                gave_up == wanted,
                "2 restarts are allowed within 60 s, {panic} jobs panicked 20 s after each other, and \
                 a job was refused as {gave_up:?}"
            );
        }
        let end = ended(&pool).await;
        assert!(
            end == End::GivenUp,
            "the pool had given up, and ended as {end:?}"
        );
    });
}

#[test]
fn a_restart_counts_for_its_time_and_not_longer() {
    world(2).check(|| async {
        // Two restarts within 60 s. When a job panics and whether the pool goes on then.
        for panics_at in [&[0, 30, 60, 90, 120][..], &[0, 59, 60, 119, 120]] {
            let pool = start(1, 2);
            for at in gaps(panics_at) {
                time::sleep(at).await;
                accepted(&pool, "bad", panics());
            }
            let good = accepted(&pool, "good", quiet());
            let fate = fates([good]).await;
            assert!(
                fate == [Fate::Done],
                "2 restarts are allowed within 60 s, jobs panicked after {panics_at:?} s, and the fate \
                 of the next was {fate:?}"
            );
            stop(&pool).await;
        }
        for panics_at in [&[0, 30, 59][..], &[0, 30, 60, 89], &[0, 59, 60, 61]] {
            let pool = start(1, 2);
            for at in gaps(panics_at) {
                time::sleep(at).await;
                accepted(&pool, "bad", panics());
            }
            let within = time::timeout(seconds(1), pool.ended()).await;
            assert!(
                within == Ok(End::GivenUp),
                "2 restarts are allowed within 60 s, jobs panicked after {panics_at:?} s, and the pool \
                 went on"
            );
        }
    });
}

#[test]
fn without_restarts_the_first_panic_is_the_end() {
    world(2).check(|| async {
        let pool = start(1, 0);
        let receipts = [panics(), quiet()].map(|job| accepted(&pool, "feed", job));
        let fates = fates(receipts).await;
        assert!(
            fates == [Fate::Panicked, Fate::GivenUp],
            "no restart is allowed, of 2 jobs the first one panicked, and their fates are {fates:?}"
        );
        let end = ended(&pool).await;
        assert!(end == End::GivenUp, "the pool ended as {end:?}");
    });
}

#[test]
fn a_pool_that_gives_up_says_so_at_once_to_all_who_wait() {
    world(2).check(|| async {
        let pool = Arc::new(start(2, 0));
        let running = accepted(&pool, "slow", slow(100));
        let bad = accepted(&pool, "bad", later_panics(5));
        let waiting = [quiet(), quiet()].map(|job| accepted(&pool, "waits", job));
        let begin = Instant::now();
        let fates_waiting = fates(waiting).await;
        let took = begin.elapsed().as_secs();
        assert!(
            fates_waiting == [Fate::GivenUp; 2] && took == 5,
            "a panic after 5 s was one too many, and the fates of 2 jobs that waited were \
             {fates_waiting:?}, after {took} s"
        );
        let late = pool.submit("late", quiet()).err();
        assert!(
            late == Some(Refused::GivenUp),
            "the pool had given up, and a job was answered with {late:?}"
        );
        let end = ended(&pool).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == End::GivenUp && took == 100,
            "a job of 100 s ran when the pool gave up, and it ended as {end:?} after {took} s"
        );
        let own = fates([running, bad]).await;
        assert!(
            own == [Fate::Done, Fate::Panicked],
            "one job came to its end and one panicked, and their fates are {own:?}"
        );
    });
}

#[test]
fn whoever_waits_for_the_end_hears_of_it() {
    world(2).check(|| async {
        let pool = Arc::new(start(3, 0));
        let wait = || {
            let pool = Arc::clone(&pool);
            tokio::spawn(async move { pool.ended().await })
        };
        let waiting = [wait(), wait()];
        let given_up = time::timeout(seconds(1), pool.ended()).await;
        assert!(given_up.is_err(), "the pool went on, and ended returned");
        accepted(&pool, "bad", panics());
        for wait in waiting {
            let end = within(
                10,
                wait,
                "the pool gave up, and one of two who waited was not told",
            );
            let end = end.await.expect("ended panicked");
            assert!(
                end == End::GivenUp,
                "the pool gave up, and one was told {end:?}"
            );
        }
        let late = within(
            1,
            pool.ended(),
            "the pool has ended, and whoever asks now waits",
        )
        .await;
        let stop = within(1, pool.stop(), "the pool has ended, and stop waits").await;
        assert!(
            (late, stop) == (End::GivenUp, End::GivenUp),
            "the pool gave up; later ended said {late:?} and stop {stop:?}"
        );
        let late = pool.submit("late", quiet()).err();
        assert!(
            late == Some(Refused::GivenUp),
            "the pool had given up and was stopped as well, and a job was answered with {late:?}"
        );
    });
}

#[test]
fn after_giving_up_nobody_is_replaced() {
    world(2).check(|| async {
        let pool = start(2, 1);
        let bad = [5, 500, 5].map(|after| accepted(&pool, "bad", later_panics(after)));
        let fates = fates(bad).await;
        assert!(fates == [Fate::Panicked; 3], "3 jobs panicked: {fates:?}");
        let when =
            "1 restart is allowed, 3 workers panicked, and the last one long after the others";
        check_counts(&pool, 0, 3, 1, when).await;
    });
}

#[test]
fn a_name_that_panics_in_a_row_is_locked_out() {
    world(2).check(|| async {
        let pool = strict(1);
        for _ in 0..2 {
            time::sleep(seconds(10)).await;
            fates([accepted(&pool, "bad", panics())]).await;
        }
        let begin = Instant::now();
        for (after, wanted) in [(1, true), (99, true), (100, false), (101, false)] {
            time::sleep_until(begin + seconds(after)).await;
            let refused = pool.submit("bad", quiet()).err();
            assert!(
                (refused == Some(Refused::LockedOut)) == wanted,
                "the lock-out is 100 s from the second panic, and {after} s later a job was answered with \
                 {refused:?}"
            );
            accepted(&pool, "good", quiet());
        }
        stop(&pool).await;
    });
}

#[test]
fn what_waits_when_its_name_is_locked_out_is_not_run() {
    world(2).check(|| async {
        let pool = strict(1);
        let (run, both) = (Arc::new(AtomicUsize::new(0)), ["bad", "good"]);
        let bad = [panics(), panics()].map(|job| accepted(&pool, "bad", job));
        // By its turn the lock-out may be over.
        let slow = accepted(&pool, "slow", slow(1_000));
        let [waited, other] = both.map(|name| {
            let run = Arc::clone(&run);
            let noted = async move {
                run.fetch_add(1, Ordering::SeqCst);
            };
            accepted(&pool, name, Box::pin(noted))
        });
        let fates = fates(bad.into_iter().chain([slow, waited, other])).await;
        let wanted = [
            Fate::Panicked,
            Fate::Panicked,
            Fate::Done,
            Fate::LockedOut,
            Fate::Done,
        ];
        let run = run.load(Ordering::SeqCst);
        assert!(
            fates == wanted && run == 1,
            "2 jobs of a name panicked; behind a long one waited one more of it and one of another \
             name; the fates of the five are {fates:?}, and of the last two {run} ran"
        );
        stop(&pool).await;
    });
}

#[test]
fn a_job_that_comes_to_its_end_breaks_the_row() {
    world(1).check(|| async {
        let pool = strict(1);
        for round in 1..=2 {
            fates([panics(), quiet()].map(|job| accepted(&pool, "bad", job))).await;
            let other = fates([accepted(&pool, "other", panics())]).await;
            assert!(other == [Fate::Panicked], "a job panicked: {other:?}");
            fates([accepted(&pool, "other", quiet())]).await;
            time::sleep(seconds(1)).await;
            let refused = pool.submit("bad", quiet()).err();
            assert!(
                refused.is_none(),
                "round {round}: 2 panics in a row lock a name out, this one had 1 before and 1 after a \
                 job that came to its end, and was refused as {refused:?}"
            );
        }
        stop(&pool).await;
    });
}

#[test]
fn a_lock_out_begins_a_new_row() {
    world(1).check(|| async {
        let pool = strict(1);
        fates([panics(), panics()].map(|job| accepted(&pool, "bad", job))).await;
        time::sleep(seconds(100)).await;
        fates([accepted(&pool, "bad", panics())]).await;
        time::sleep(seconds(1)).await;
        let refused = pool.submit("bad", panics()).err();
        assert!(
            refused.is_none(),
            "a lock-out was over, 1 more job panicked where 2 are borne, and the name was {refused:?}"
        );
        time::sleep(seconds(99)).await;
        let refused = pool.submit("bad", quiet()).err();
        assert!(
            refused == Some(Refused::LockedOut),
            "a lock-out was over, 2 more jobs panicked, and 99 s later a job was answered with {refused:?}"
        );
        stop(&pool).await;
    });
}

#[test]
fn a_job_that_ends_late_does_not_end_the_lock_out() {
    world(1).check(|| async {
        let pool = strict(2);
        let slow = accepted(&pool, "bad", slow(50));
        fates([panics(), panics()].map(|job| accepted(&pool, "bad", job))).await;
        fates([slow]).await;
        let refused = pool.submit("bad", quiet()).err();
        assert!(
            refused == Some(Refused::LockedOut),
            "a name was locked out for 100 s, a job of it that ran came to its end after 50 s, and the \
             next was answered with {refused:?}"
        );
        stop(&pool).await;
    });
}

#[test]
fn stop_runs_what_was_accepted_and_replaces_workers_as_before() {
    world(2).check(|| async {
        let pool = start(1, 3);
        let jobs = [later_panics(1_000), slow(1_000), panics(), quiet()];
        let receipts = jobs.map(|job| accepted(&pool, "feed", job));
        let begin = Instant::now();
        let end = stop(&pool).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == End::Stopped && took == 2_000,
            "jobs of 2,000 s in all were accepted, 2 of them panicked where 3 are borne, and stop said \
             {end:?} after {took} s"
        );
        let fates = fates(receipts).await;
        assert!(
            fates == [Fate::Panicked, Fate::Done, Fate::Panicked, Fate::Done],
            "of 4 jobs the first and the third panic, and their fates are {fates:?}"
        );
        check_counts(&pool, 0, 2, 2, "the pool was stopped").await;
        let late = pool.submit("late", quiet()).err();
        assert!(
            late == Some(Refused::Stopped),
            "a job came after the stop, and was answered with {late:?}"
        );
    });
}

#[test]
fn a_pool_that_gives_up_while_it_stops_says_so() {
    world(2).check(|| async {
        let pool = Arc::new(start(1, 0));
        let receipts = [later_panics(10), quiet()].map(|job| accepted(&pool, "feed", job));
        let dropped = time::timeout(seconds(1), pool.stop()).await;
        assert!(
            dropped.is_err(),
            "stop returned before the last job was over"
        );
        let late = pool.submit("late", quiet()).err();
        assert!(
            late == Some(Refused::Stopped),
            "a call of stop was dropped half-way, and a job was answered with {late:?}"
        );
        let end = stop(&pool).await;
        assert!(
            end == End::GivenUp,
            "a panic was one too many while the pool was stopping, and stop said {end:?}"
        );
        let fates = fates(receipts).await;
        assert!(
            fates == [Fate::Panicked, Fate::GivenUp],
            "the first of 2 jobs panicked, no restart is allowed, and their fates are {fates:?}"
        );
    });
}

#[test]
fn what_has_ended_refuses_everything_for_that_reason() {
    world(2).check(|| async {
        for (restarts, wanted) in [(1, Refused::GivenUp), (2, Refused::Stopped)] {
            let pool = pool(1, restarts, 2);
            fates([panics(), panics()].map(|job| accepted(&pool, "bad", job))).await;
            stop(&pool).await;
            let refused = pool.submit("bad", quiet()).err();
            assert!(
                refused == Some(wanted),
                "2 jobs of a name panicked where {restarts} restarts are allowed, the name was locked out \
                 and the pool stopped, and the next was refused as {refused:?}"
            );
        }
    });
}

#[test]
fn a_pool_that_is_dropped_is_stopped() {
    world(2).check(|| async {
        let pool = start(1, 3);
        let receipts = [later_panics(5), slow(5)].map(|job| accepted(&pool, "feed", job));
        drop(pool);
        let fates = fates(receipts).await;
        assert!(
            fates == [Fate::Panicked, Fate::Done],
            "2 jobs were accepted, the pool was dropped, and their fates are {fates:?}"
        );
        // Whoever is left behind now is found by the world.
        time::sleep(seconds(1)).await;
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    world(2).check(|| async {
        let pool = start(2, 3);
        time::sleep(Duration::from_millis(100_000_500)).await;
        let begin = Instant::now();
        let fate = fates([
            accepted(&pool, "bad", panics()),
            accepted(&pool, "good", quiet()),
        ])
        .await;
        let took = begin.elapsed().as_millis();
        assert!(
            took == 0,
            "an idle pool needed {took} ms for 2 jobs that are over at once: {fate:?}"
        );
        stop(&pool).await;
    });
}

/// How a job ended is told by its fate, from wherever the pool knows it.
fn world(bound: u32) -> Tasks {
    explore::tasks().bound(bound).may_lose_panics()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// How long to wait before each of these moments.
fn gaps(moments: &[u64]) -> impl Iterator<Item = Duration> {
    let before = [0].into_iter().chain(moments.iter().copied());
    moments
        .iter()
        .zip(before)
        .map(|(now, before)| seconds(now - before))
}

/// A pool that bears so many restarts within 60 s, and any number of panics of a name.
fn start(workers: usize, restarts: usize) -> Supervisor {
    pool(workers, restarts, 100)
}

/// A pool that bears many restarts, and locks a name out for 100 s after 2 panics in a row.
fn strict(workers: usize) -> Supervisor {
    pool(workers, 100, 2)
}

fn pool(workers: usize, restarts: usize, strikes: usize) -> Supervisor {
    let number = |number| NonZeroUsize::new(number).expect("at least one");
    Supervisor::start(Limits {
        workers: number(workers),
        restarts,
        within: seconds(60),
        strikes: number(strikes),
        cooldown: seconds(100),
    })
}

fn quiet() -> Work {
    Box::pin(async {})
}

fn slow(needs: u64) -> Work {
    Box::pin(async move { time::sleep(seconds(needs)).await })
}

fn panics() -> Work {
    Box::pin(async { panic!("the feed is not well formed") })
}

fn later_panics(after: u64) -> Work {
    Box::pin(async move {
        time::sleep(seconds(after)).await;
        panic!("the feed is not well formed")
    })
}

#[track_caller]
fn accepted(pool: &Supervisor, name: &str, work: Work) -> Receipt {
    match pool.submit(name, work) {
        Ok(receipt) => receipt,
        Err(refused) => panic!("a job of {name} was refused as {refused:?}, without a reason"),
    }
}

/// What a future comes to, in so many seconds; otherwise the reproach.
async fn within<T>(limit: u64, future: impl Future<Output = T>, otherwise: &str) -> T {
    match time::timeout(seconds(limit), future).await {
        Ok(output) => output,
        Err(_) => panic!("{otherwise}"),
    }
}

async fn fates(receipts: impl IntoIterator<Item = Receipt>) -> Vec<Fate> {
    let mut fates = Vec::new();
    for receipt in receipts {
        let number = fates.len() + 1;
        let reproach =
            format!("the fate of job {number} is not settled, although nothing holds it up");
        fates.push(within(10_000, receipt.fate(), &reproach).await);
    }
    fates
}

async fn stop(pool: &Supervisor) -> End {
    within(10_000, pool.stop(), "stop did not return").await
}

async fn ended(pool: &Supervisor) -> End {
    within(
        10_000,
        pool.ended(),
        "the pool has given up, and ended did not return",
    )
    .await
}

/// Lets everybody go on who can, and compares.
async fn check_counts(
    pool: &Supervisor,
    active: usize,
    panics: usize,
    restarts: usize,
    when: &str,
) {
    time::sleep(seconds(1)).await;
    let counts = pool.counts();
    let wanted = Counts {
        active,
        panics,
        restarts,
    };
    assert!(counts == wanted, "{when}, and the counts were {counts:?}");
}

//! What is asked of the pool, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Barrier, Semaphore};
use tokio::time::{self, Instant};
use worker_pool::{Job, Outcome, Receipt, Refused, WorkerPool};

#[test]
fn every_accepted_job_has_one_outcome() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(2, 4);
        let lab = Lab::default();
        let receipts = ["a", "b", "c", "d"].map(|name| accepted(&pool, lab.quick(name)));
        for (receipt, name) in receipts.into_iter().zip(["a", "b", "c", "d"]) {
            let outcome = outcome(receipt, name).await;
            assert!(
                outcome == Outcome::Done(name.to_owned()),
                "job {name} returns its name, and its outcome is {outcome:?}"
            );
        }
        stop(&pool).await;
        let begun = lab.begun().len();
        assert!(begun == 4, "4 jobs were accepted, and {begun} began");
    });
}

#[test]
fn as_many_jobs_run_as_there_are_workers() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(2, 2);
        let both = Arc::new(Barrier::new(2));
        let receipts = ["a", "b"].map(|name| {
            let both = Arc::clone(&both);
            let meets = async move {
                both.wait().await;
                name.to_owned()
            };
            accepted(&pool, Box::pin(meets))
        });
        for receipt in receipts {
            let met = time::timeout(seconds(1), receipt.outcome()).await;
            assert!(
                met.is_ok(),
                "with 2 workers, 2 jobs that wait for each other do not come to an end"
            );
        }
        stop(&pool).await;
    });
}

#[test]
fn no_more_jobs_run_than_there_are_workers() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(2, 4);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for _ in 0..4 {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            let counted = async move {
                let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(running, Ordering::SeqCst);
                time::sleep(seconds(1)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                String::new()
            };
            accepted(&pool, Box::pin(counted));
        }
        time::sleep(seconds(10)).await;
        let most = most.load(Ordering::SeqCst);
        assert!(most <= 2, "{most} jobs ran at a time, by 2 workers");
        stop(&pool).await;
    });
}

#[test]
fn jobs_begin_in_the_order_in_which_they_were_accepted() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(1, 3);
        let lab = Lab::default();
        for name in ["a", "b", "c"] {
            accepted(&pool, lab.quick(name));
        }
        a_second().await;
        let begun = lab.begun();
        assert!(
            begun == ["a", "b", "c"],
            "a, b and c were accepted in this order, and began as {begun:?}"
        );
        stop(&pool).await;
    });
}

#[test]
fn a_job_is_handed_back_when_there_is_no_room() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(1, 2);
        let lab = Lab::default();
        for round in 1..=2 {
            accepted(&pool, lab.waiting("runs"));
            a_second().await;
            accepted(&pool, lab.waiting("waits"));
            accepted(&pool, lab.waiting("waits"));
            let answer = answer(pool.try_submit(lab.quick("too many")));
            assert!(
                answer == "full",
                "round {round}: 1 job ran, 2 waited, there is room for 2, and one more was {answer}"
            );
            lab.let_go_on(3);
            a_second().await;
        }
        stop(&pool).await;
        let begun = lab.begun();
        assert!(
            !begun.contains(&"too many".to_owned()),
            "jobs were handed back, and those that began are {begun:?}"
        );
    });
}

#[test]
fn what_is_handed_back_is_the_job() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(1, 1);
        let lab = Lab::default();
        accepted(&pool, lab.waiting("runs"));
        a_second().await;
        accepted(&pool, lab.waiting("waits"));
        let Err(Refused::Full(job)) = pool.try_submit(lab.quick("full")) else {
            panic!("1 job ran, 1 waited, there is room for 1, and one more was not `Full`");
        };
        assert_eq!(job.await, "full", "the result of the job that came back");
        lab.let_go_on(2);
        stop(&pool).await;
        let Err(Refused::Stopped(job)) = pool.try_submit(lab.quick("late")) else {
            panic!("the pool was stopped, and a job was not `Stopped`");
        };
        assert_eq!(job.await, "late", "the result of the job that came back");
    });
}

#[test]
fn a_job_that_panics_costs_no_worker() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let pool = start(2, 4);
        let bad = ["a", "b"].map(|name| {
            let number = name.len();
            let bad: Job<String> = Box::pin(async move {
                time::sleep(seconds(1)).await;
                panic!("{number} picture of {name} is torn")
            });
            accepted(&pool, bad)
        });
        for (receipt, name) in bad.into_iter().zip(["a", "b"]) {
            let outcome = outcome(receipt, "that panicked").await;
            assert!(
                outcome == Outcome::Panicked(format!("1 picture of {name} is torn")),
                "a job panicked with '1 picture of {name} is torn', and its outcome is {outcome:?}"
            );
        }
        let both = Arc::new(Barrier::new(2));
        let good = ["c", "d"].map(|name| {
            let both = Arc::clone(&both);
            let meets = async move {
                both.wait().await;
                name.to_owned()
            };
            accepted(&pool, Box::pin(meets))
        });
        for receipt in good {
            let met = time::timeout(seconds(1), receipt.outcome()).await;
            assert!(
                met.is_ok(),
                "2 jobs panicked, and 2 others that wait for each other do not come to an end"
            );
        }
        stop(&pool).await;
    });
}

#[test]
fn a_panic_with_a_plain_text_is_told_too() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let pool = start(1, 1);
        let receipt = accepted(&pool, Box::pin(async { panic!("no paper") }));
        let outcome = outcome(receipt, "that panicked").await;
        assert!(
            outcome == Outcome::Panicked("no paper".to_owned()),
            "a job panicked with 'no paper', and its outcome is {outcome:?}"
        );
        stop(&pool).await;
    });
}

#[test]
fn outcomes_that_nobody_asks_for_hold_up_nothing() {
    explore::tasks().bound(1).check(|| async {
        let pool = start(2, 8);
        let lab = Lab::default();
        let mut receipts = Vec::new();
        for _ in 0..2 {
            receipts.extend((0..8).map(|_| accepted(&pool, lab.quick("a"))));
            a_second().await;
        }
        let begun = lab.begun().len();
        assert!(
            begun == 16,
            "16 jobs were accepted, nobody asked for an outcome, and {begun} began"
        );
        stop(&pool).await;
        for receipt in receipts {
            outcome(receipt, "whose pool has stopped").await;
        }
    });
}

#[test]
fn a_receipt_that_is_dropped_changes_nothing_for_the_job() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(1, 2);
        let lab = Lab::default();
        let receipt = accepted(&pool, lab.waiting("a"));
        drop(accepted(&pool, lab.waiting("b")));
        let early = time::timeout(seconds(1), receipt.outcome()).await;
        assert!(early.is_err(), "a job had an outcome before it was over");
        lab.let_go_on(2);
        a_second().await;
        let ended = lab.ended();
        assert!(
            ended == ["a", "b"],
            "jobs a and b were accepted, their receipts dropped, and those that ended are {ended:?}"
        );
        let receipt = accepted(&pool, lab.quick("c"));
        outcome(receipt, "after two receipts were dropped").await;
        stop(&pool).await;
    });
}

#[test]
fn stop_runs_what_was_accepted_and_returns_after_the_last() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(2, 3);
        let begin = Instant::now();
        let receipts = [20, 2_000, 3_000].map(|needs| accepted(&pool, slow(needs)));
        stop(&pool).await;
        let took = begin.elapsed().as_secs();
        assert!(
            took == 3_020,
            "2 workers had jobs of 20 s, 2,000 s and 3,000 s, and stop returned after {took} s"
        );
        for receipt in receipts {
            let outcome = time::timeout(Duration::ZERO, receipt.outcome()).await;
            assert!(
                outcome.is_ok(),
                "stop returned, and an accepted job has no outcome yet"
            );
        }
    });
}

#[test]
fn a_job_that_comes_with_the_stop_is_run_or_handed_back() {
    explore::tasks().check(|| async {
        let pool = Arc::new(start(1, 2));
        let lab = Lab::default();
        let submits = ["a", "b"].map(|name| {
            let (pool, job) = (Arc::clone(&pool), lab.quick(name));
            tokio::spawn(async move { answer(pool.try_submit(job)) })
        });
        stop(&pool).await;
        let (mut taken, ended) = (0, lab.ended().len());
        for submit in submits {
            taken += usize::from(submit.await.expect("try_submit panicked") == "accepted");
        }
        assert!(
            taken == ended,
            "of 2 jobs {taken} were accepted, and when stop returned {ended} had ended"
        );
    });
}

#[test]
fn from_the_stop_on_jobs_are_handed_back_as_stopped() {
    explore::tasks().bound(2).check(|| async {
        let pool = Arc::new(start(1, 2));
        let lab = Lab::default();
        accepted(&pool, lab.waiting("runs"));
        a_second().await;
        accepted(&pool, lab.waiting("waits"));
        let closing = Arc::clone(&pool);
        let closing = tokio::spawn(async move { closing.stop().await });
        a_second().await;
        let late = answer(pool.try_submit(lab.quick("late")));
        assert!(
            late == "stopped",
            "while the pool was stopping, a job was {late}"
        );
        lab.let_go_on(2);
        within(100, closing, "stop did not return")
            .await
            .expect("stop panicked");
        let late = answer(pool.try_submit(lab.quick("late")));
        assert!(late == "stopped", "after the stop, a job was {late}");
        let ended = lab.ended();
        assert!(
            ended == ["runs", "waits"],
            "2 jobs were accepted, and those that ended are {ended:?}"
        );
    });
}

#[test]
fn every_call_of_stop_waits_for_the_end() {
    explore::tasks().bound(2).check(|| async {
        let pool = Arc::new(start(2, 1));
        accepted(&pool, slow(5));
        let begin = Instant::now();
        let call = || {
            let pool = Arc::clone(&pool);
            tokio::spawn(async move { pool.stop().await })
        };
        for call in [call(), call()] {
            let end = within(100, call, "of two calls of stop one did not return").await;
            end.expect("stop panicked");
            let took = begin.elapsed().as_secs();
            assert!(
                took == 5,
                "a job needs 5 s, and one of two calls of stop returned after {took} s"
            );
        }
        stop(&pool).await;
    });
}

#[test]
fn a_stop_that_is_given_up_cuts_nothing_off() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(1, 2);
        let lab = Lab::default();
        accepted(&pool, lab.waiting("runs"));
        a_second().await;
        accepted(&pool, lab.waiting("waits"));
        let given_up = time::timeout(seconds(1), pool.stop()).await;
        assert!(given_up.is_err(), "stop returned before a job was over");
        let late = answer(pool.try_submit(lab.quick("late")));
        assert!(
            late == "stopped",
            "a call of stop was dropped half-way, and the next job was {late}"
        );
        lab.let_go_on(2);
        stop(&pool).await;
        let ended = lab.ended();
        assert!(
            ended == ["runs", "waits"],
            "2 jobs were accepted, a call of stop was dropped, and those that ended are {ended:?}"
        );
    });
}

#[test]
fn a_pool_that_is_dropped_runs_what_it_accepted() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(1, 2);
        let lab = Lab::default();
        let receipts = ["runs", "waits"].map(|name| accepted(&pool, lab.waiting(name)));
        a_second().await;
        drop(pool);
        lab.let_go_on(2);
        a_second().await;
        let ended = lab.ended();
        assert!(
            ended == ["runs", "waits"],
            "2 jobs were accepted, the pool was dropped, and those that ended are {ended:?}"
        );
        for receipt in receipts {
            outcome(receipt, "whose pool was dropped").await;
        }
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(2).check(|| async {
        let pool = start(2, 1);
        time::sleep(Duration::from_millis(100_000_500)).await;
        let begin = Instant::now();
        let receipt = accepted(&pool, Lab::default().quick("a"));
        outcome(receipt, "of an idle pool").await;
        let took = begin.elapsed().as_millis();
        assert!(
            took == 0,
            "an idle pool needed {took} ms for a job that is done at once"
        );
        stop(&pool).await;
    });
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Lets everybody go on who can, and a second pass.
async fn a_second() {
    time::sleep(seconds(1)).await;
}

fn start(workers: usize, room: usize) -> WorkerPool<String> {
    let number = |number| NonZeroUsize::new(number).expect("at least one");
    WorkerPool::start(number(workers), number(room))
}

/// A job that needs some seconds.
fn slow(needs: u64) -> Job<String> {
    Box::pin(async move {
        time::sleep(seconds(needs)).await;
        String::new()
    })
}

/// How `try_submit` answered, in a word.
fn answer(submitted: Result<Receipt<String>, Refused<String>>) -> &'static str {
    match submitted {
        Ok(_) => "accepted",
        Err(Refused::Full(_)) => "full",
        Err(Refused::Stopped(_)) => "stopped",
    }
}

#[track_caller]
fn accepted(pool: &WorkerPool<String>, job: Job<String>) -> Receipt<String> {
    match pool.try_submit(job) {
        Ok(receipt) => receipt,
        Err(Refused::Full(_)) => panic!("there was room, and a job was handed back as `Full`"),
        Err(Refused::Stopped(_)) => {
            panic!("nobody had called stop, and a job was handed back as `Stopped`")
        }
    }
}

/// What a future comes to, in so many seconds; otherwise the reproach.
async fn within<T>(limit: u64, future: impl Future<Output = T>, otherwise: &str) -> T {
    match time::timeout(seconds(limit), future).await {
        Ok(output) => output,
        Err(_) => panic!("{otherwise}"),
    }
}

async fn outcome(receipt: Receipt<String>, which: &str) -> Outcome<String> {
    let reproach = format!("the receipt of job {which} waits, although nothing holds it up");
    within(10, receipt.outcome(), &reproach).await
}

async fn stop(pool: &WorkerPool<String>) {
    within(10_000, pool.stop(), "stop did not return").await;
}

/// Notes which jobs begin and end, and lets them go on when it is told to.
#[derive(Clone)]
struct Lab {
    notes: Arc<Mutex<[Vec<String>; 2]>>,
    passes: Arc<Semaphore>,
}

impl Default for Lab {
    fn default() -> Self {
        Self {
            notes: Arc::default(),
            passes: Arc::new(Semaphore::new(0)),
        }
    }
}

impl Lab {
    /// A job that returns its name at once.
    fn quick(&self, name: &'static str) -> Job<String> {
        self.job(name, false)
    }

    /// A job that needs a pass to come to its end.
    fn waiting(&self, name: &'static str) -> Job<String> {
        self.job(name, true)
    }

    fn job(&self, name: &'static str, needs_a_pass: bool) -> Job<String> {
        let lab = self.clone();
        Box::pin(async move {
            lab.notes.lock().unwrap()[0].push(name.to_owned());
            if needs_a_pass {
                let pass = lab.passes.acquire().await;
                pass.expect("passes are given out until the end").forget();
            }
            lab.notes.lock().unwrap()[1].push(name.to_owned());
            name.to_owned()
        })
    }

    fn let_go_on(&self, jobs: usize) {
        self.passes.add_permits(jobs);
    }

    fn begun(&self) -> Vec<String> {
        self.notes.lock().unwrap()[0].clone()
    }

    fn ended(&self) -> Vec<String> {
        self.notes.lock().unwrap()[1].clone()
    }
}

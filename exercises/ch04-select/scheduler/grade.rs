//! What is asked of the scheduler, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use scheduler::Priority::{self, Normal, Urgent};
use scheduler::{Job, Outcome, Outcomes, Panicked, Scheduler};
use tokio::sync::{Barrier, Semaphore};
use tokio::time::{self, Instant};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Lets everybody go on who can, and a second pass.
async fn a_second() {
    time::sleep(seconds(1)).await;
}

fn start(workers: usize, room: usize) -> (Arc<Scheduler>, Outcomes) {
    let number = |number| NonZeroUsize::new(number).expect("at least one");
    let (scheduler, outcomes) = Scheduler::start(number(workers), number(room));
    (Arc::new(scheduler), outcomes)
}

/// A job that is done at once.
fn quick(name: &str) -> Job {
    let result = format!("{name} is done");
    Job::new(name, async { result })
}

/// A job that needs some seconds.
fn slow(name: &str, needs: u64) -> Job {
    let result = format!("{name} is done");
    Job::new(name, async move {
        time::sleep(seconds(needs)).await;
        result
    })
}

/// The outcome of a job that was done.
fn done(name: &str) -> Outcome {
    Outcome {
        name: name.to_owned(),
        result: Ok(format!("{name} is done")),
    }
}

/// Notes in which order jobs begin, and lets them go on when it is told to.
#[derive(Clone)]
struct Desk {
    begun: Arc<Mutex<Vec<String>>>,
    passes: Arc<Semaphore>,
}

impl Desk {
    fn new() -> Self {
        Self {
            begun: Arc::default(),
            passes: Arc::new(Semaphore::new(0)),
        }
    }

    /// A job that is noted, and needs a pass to come to its end.
    fn job(&self, name: &str) -> Job {
        let (desk, label) = (self.clone(), name.to_owned());
        Job::new(name, async move {
            desk.begun.lock().unwrap().push(label.clone());
            let pass = desk.passes.acquire().await;
            pass.expect("passes are given out until the end").forget();
            format!("{label} is done")
        })
    }

    fn let_go_on(&self, jobs: usize) {
        self.passes.add_permits(jobs);
    }

    fn begun(&self) -> Vec<String> {
        self.begun.lock().unwrap().clone()
    }
}

async fn submit(scheduler: &Scheduler, priority: Priority, job: Job) {
    let submitted = time::timeout(seconds(10), scheduler.submit(priority, job)).await;
    let submitted = submitted.expect("a job was not accepted although there is room for it");
    submitted.expect("a job was given back although nobody called shutdown");
}

async fn shutdown(scheduler: &Scheduler) {
    let end = time::timeout(seconds(1_000), scheduler.shutdown()).await;
    end.expect("shutdown did not return");
}

/// All outcomes until the end, in the order of their names.
async fn rest(mut outcomes: Outcomes) -> Vec<Outcome> {
    let mut all = Vec::new();
    let reading = async {
        while let Some(outcome) = outcomes.next().await {
            all.push(outcome);
        }
    };
    let end = time::timeout(seconds(1_000), reading).await;
    end.expect("the outcomes do not end after shutdown");
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

#[test]
fn every_accepted_job_has_one_outcome() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(2, 2);
        for (priority, name) in [(Normal, "a"), (Urgent, "b"), (Normal, "c"), (Normal, "d")] {
            submit(&scheduler, priority, quick(name)).await;
        }
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == ["a", "b", "c", "d"].map(done),
            "jobs a to d were accepted, and the outcomes are {outcomes:?}"
        );
    });
}

#[test]
fn urgent_jobs_begin_before_normal_ones() {
    explore::tasks().check(|| async {
        let (scheduler, _outcomes) = start(1, 2);
        let desk = Desk::new();
        submit(&scheduler, Normal, desk.job("first")).await;
        a_second().await;
        for (priority, name) in [(Normal, "n"), (Normal, "n"), (Urgent, "u"), (Urgent, "u")] {
            submit(&scheduler, priority, desk.job(name)).await;
        }
        desk.let_go_on(5);
        shutdown(&scheduler).await;
        let begun = desk.begun();
        assert!(
            begun == ["first", "u", "u", "n", "n"],
            "two normal jobs and two urgent ones were queued while the worker was busy with the \
             first; they began as {begun:?}"
        );
    });
}

#[test]
fn jobs_of_a_class_begin_in_the_order_in_which_they_were_accepted() {
    explore::tasks().check(|| async {
        let (scheduler, _outcomes) = start(1, 3);
        let desk = Desk::new();
        submit(&scheduler, Normal, desk.job("first")).await;
        a_second().await;
        for name in ["n1", "n2", "n3"] {
            submit(&scheduler, Normal, desk.job(name)).await;
        }
        for name in ["u1", "u2"] {
            submit(&scheduler, Urgent, desk.job(name)).await;
        }
        desk.let_go_on(6);
        shutdown(&scheduler).await;
        let begun = desk.begun();
        let (urgent, normal): (Vec<_>, Vec<_>) =
            begun[1..].iter().partition(|name| name.starts_with('u'));
        assert!(
            normal == ["n1", "n2", "n3"],
            "n1, n2 and n3 were accepted in this order, and began as {normal:?}"
        );
        assert!(
            urgent == ["u1", "u2"],
            "u1 and u2 were accepted in this order, and began as {urgent:?}"
        );
    });
}

#[test]
fn as_many_jobs_run_as_there_are_workers() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, mut outcomes) = start(2, 2);
        // Neither job comes to its end before both have begun.
        let both = Arc::new(Barrier::new(2));
        for name in ["a", "b"] {
            let both = Arc::clone(&both);
            let meets = Job::new(name, async move {
                both.wait().await;
                String::new()
            });
            submit(&scheduler, Normal, meets).await;
        }
        let met = time::timeout(seconds(1), outcomes.next()).await;
        assert!(
            met.is_ok(),
            "with 2 workers, 2 jobs that wait for each other do not come to an end"
        );
        shutdown(&scheduler).await;
    });
}

#[test]
fn no_more_jobs_run_than_there_are_workers() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, _outcomes) = start(2, 4);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for priority in [Normal, Urgent, Normal, Urgent] {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            let counted = Job::new("counted", async move {
                let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(running, Ordering::SeqCst);
                a_second().await;
                now.fetch_sub(1, Ordering::SeqCst);
                String::new()
            });
            submit(&scheduler, priority, counted).await;
        }
        shutdown(&scheduler).await;
        let most = most.load(Ordering::SeqCst);
        assert!(most == 2, "{most} jobs ran at a time, by 2 workers");
    });
}

#[test]
fn submit_waits_while_the_queue_is_full() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        let desk = Desk::new();
        submit(&scheduler, Normal, desk.job("a")).await;
        a_second().await;
        submit(&scheduler, Normal, desk.job("b")).await;
        let third = tokio::spawn({
            let (scheduler, job) = (Arc::clone(&scheduler), desk.job("c"));
            async move { scheduler.submit(Normal, job).await.is_ok() }
        });
        a_second().await;
        let waits = !third.is_finished();
        assert!(
            waits,
            "with one job running, one queued and room for one, submit of another one returned"
        );
        desk.let_go_on(1);
        let accepted = time::timeout(seconds(10), third).await;
        let accepted = accepted.expect("submit did not return when there was room again");
        assert!(
            accepted.expect("submit panicked"),
            "a job was given back although nobody called shutdown"
        );
        desk.let_go_on(2);
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == ["a", "b", "c"].map(done),
            "jobs a to c were accepted, and the outcomes are {outcomes:?}"
        );
    });
}

#[test]
fn a_submit_that_is_given_up_is_not_run_and_takes_no_room() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        let desk = Desk::new();
        for class in [Normal, Urgent] {
            submit(&scheduler, class, desk.job("a")).await;
            a_second().await;
            submit(&scheduler, class, desk.job("b")).await;
            let impatient = scheduler.submit(class, desk.job("given up"));
            let accepted = time::timeout(seconds(1), impatient).await;
            assert!(accepted.is_err(), "a job was accepted without room for it");
            desk.let_go_on(1);
            a_second().await;
            submit(&scheduler, class, desk.job("c")).await;
            desk.let_go_on(2);
            a_second().await;
        }
        shutdown(&scheduler).await;
        let begun = desk.begun();
        assert!(
            begun == ["a", "b", "c", "a", "b", "c"],
            "jobs a, b and c were accepted, twice, and those that began are {begun:?}"
        );
        let count = rest(outcomes).await.len();
        assert!(
            count == 6,
            "6 jobs were accepted, and there are {count} outcomes"
        );
    });
}

#[test]
fn a_full_queue_is_of_no_concern_to_the_other_class() {
    explore::tasks().bound(2).check(|| async {
        for (full, free) in [(Normal, Urgent), (Urgent, Normal)] {
            let (scheduler, _outcomes) = start(1, 1);
            let desk = Desk::new();
            submit(&scheduler, full, desk.job("runs")).await;
            a_second().await;
            submit(&scheduler, full, desk.job("is queued")).await;
            let third = tokio::spawn({
                let (scheduler, job) = (Arc::clone(&scheduler), desk.job("waits"));
                async move { scheduler.submit(full, job).await.is_ok() }
            });
            a_second().await;
            let other = scheduler.submit(free, desk.job("other"));
            let accepted = time::timeout(seconds(1), other).await;
            assert!(
                accepted.is_ok(),
                "no {free:?} job was queued, {full:?} ones were, and submit of a {free:?} one waits"
            );
            desk.let_go_on(4);
            third.await.expect("submit panicked");
            shutdown(&scheduler).await;
        }
    });
}

#[test]
fn a_job_that_panics_costs_only_itself() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(1, 2);
        let bad = Job::new("bad", async { panic!("the printer is on fire") });
        submit(&scheduler, Urgent, bad).await;
        submit(&scheduler, Normal, quick("good")).await;
        a_second().await;
        let status = scheduler.status().await;
        assert!(
            status.running == 0,
            "one job panicked and one is done, and the status is {status:?}"
        );
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        let panicked = Outcome {
            name: "bad".to_owned(),
            result: Err(Panicked),
        };
        assert!(
            outcomes == [panicked, done("good")],
            "one job panicked, the other one did not, and the outcomes are {outcomes:?}"
        );
    });
}

#[test]
fn an_outcome_waits_until_somebody_takes_it() {
    // More than any sensible buffer holds; so one schedule with few departures must do.
    explore::tasks().bound(0).check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        for _ in 0..300 {
            submit(&scheduler, Normal, quick("a")).await;
        }
        shutdown(&scheduler).await;
        let count = rest(outcomes).await.len();
        assert!(
            count == 300,
            "300 jobs were accepted, nobody took an outcome until the end, and then there were \
             {count}"
        );
    });
}

#[test]
fn jobs_run_also_if_nobody_wants_their_outcomes() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(1, 2);
        drop(outcomes);
        let desk = Desk::new();
        desk.let_go_on(2);
        submit(&scheduler, Normal, desk.job("a")).await;
        submit(&scheduler, Normal, desk.job("b")).await;
        shutdown(&scheduler).await;
        let begun = desk.begun();
        assert!(
            begun == ["a", "b"],
            "jobs a and b were accepted, the outcomes were dropped, and those that began are \
             {begun:?}"
        );
    });
}

#[test]
fn the_status_counts_what_runs_and_what_is_queued() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, _outcomes) = start(1, 2);
        let desk = Desk::new();
        submit(&scheduler, Normal, desk.job("a")).await;
        a_second().await;
        submit(&scheduler, Normal, desk.job("b")).await;
        submit(&scheduler, Urgent, desk.job("c")).await;
        submit(&scheduler, Urgent, desk.job("d")).await;
        let counts = |status: scheduler::Status| (status.running, status.urgent, status.normal);
        let found = counts(scheduler.status().await);
        assert!(
            found == (1, 2, 1),
            "1 job runs, 2 urgent ones and 1 normal one are queued; the status says {found:?}"
        );
        desk.let_go_on(2);
        a_second().await;
        let found = counts(scheduler.status().await);
        assert!(
            found == (1, 0, 1),
            "1 job runs, no urgent one and 1 normal one are queued; the status says {found:?}"
        );
        desk.let_go_on(2);
        shutdown(&scheduler).await;
        let found = counts(scheduler.status().await);
        assert!(
            found == (0, 0, 0),
            "all jobs came to their ends; the status says {found:?}"
        );
    });
}

#[test]
fn each_question_for_the_status_counts_once() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, _outcomes) = start(2, 1);
        a_second().await;
        let ask = || {
            let scheduler = Arc::clone(&scheduler);
            tokio::spawn(async move { scheduler.status().await.asked })
        };
        let mut asked = Vec::new();
        for answer in [ask(), ask()] {
            let answer = time::timeout(seconds(10), answer).await;
            let answer = answer.expect("status was not answered while both workers were idle");
            asked.push(answer.expect("status panicked"));
        }
        asked.sort_unstable();
        assert!(
            asked == [1, 2],
            "two asked at the same time, and were told that it was the times {asked:?}"
        );
        a_second().await;
        let third = scheduler.status().await.asked;
        assert!(third == 3, "it was asked 3 times, and counted {third}");
        shutdown(&scheduler).await;
    });
}

#[test]
fn the_status_waits_for_no_job() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, _outcomes) = start(1, 1);
        submit(&scheduler, Normal, slow("a", 60)).await;
        a_second().await;
        let status = time::timeout(seconds(1), scheduler.status()).await;
        assert!(
            status.is_ok(),
            "while the worker was busy, status was not answered"
        );
        shutdown(&scheduler).await;
        let status = time::timeout(seconds(1), scheduler.status()).await;
        assert!(status.is_ok(), "after shutdown, status was not answered");
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, mut outcomes) = start(2, 1);
        time::sleep(Duration::from_millis(100_000_500)).await;
        let begin = Instant::now();
        submit(&scheduler, Normal, quick("a")).await;
        let outcome = outcomes.next().await;
        assert!(
            outcome == Some(done("a")),
            "the outcome of a job that is done at once is {outcome:?}"
        );
        let took = begin.elapsed().as_millis();
        assert!(
            took == 0,
            "an idle scheduler needed {took} ms for a job that is done at once"
        );
        shutdown(&scheduler).await;
    });
}

#[test]
fn shutdown_runs_what_was_accepted_and_waits_for_it() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(1, 2);
        let begin = Instant::now();
        submit(&scheduler, Normal, slow("a", 2000)).await;
        a_second().await;
        submit(&scheduler, Normal, slow("b", 2000)).await;
        submit(&scheduler, Urgent, slow("c", 2000)).await;
        scheduler.shutdown().await;
        let took = begin.elapsed().as_secs();
        assert!(
            took == 6000,
            "3 jobs of 2,000 s each were accepted by one worker, and shutdown returned after {took} s"
        );
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == ["a", "b", "c"].map(done),
            "jobs a to c were accepted, and the outcomes are {outcomes:?}"
        );
    });
}

#[test]
fn a_job_that_comes_with_the_shutdown_is_run_or_given_back() {
    explore::tasks().check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        let source = tokio::spawn({
            let scheduler = Arc::clone(&scheduler);
            async move {
                let mut accepted = Vec::new();
                for name in ["a", "b"] {
                    if scheduler.submit(Normal, quick(name)).await.is_ok() {
                        accepted.push(done(name));
                    }
                }
                accepted
            }
        });
        shutdown(&scheduler).await;
        let accepted = time::timeout(seconds(10), source).await;
        let accepted = accepted.expect("submit did not return after shutdown");
        let accepted = accepted.expect("submit panicked");
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == accepted,
            "the jobs that were accepted should come out as {accepted:?}, and did as {outcomes:?}"
        );
    });
}

#[test]
fn shutdown_gives_new_and_waiting_jobs_back_at_once() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        let desk = Desk::new();
        submit(&scheduler, Normal, desk.job("a")).await;
        a_second().await;
        submit(&scheduler, Normal, desk.job("b")).await;
        let third = tokio::spawn({
            let (scheduler, job) = (Arc::clone(&scheduler), desk.job("waits"));
            async move { scheduler.submit(Normal, job).await }
        });
        a_second().await;
        let closing = Arc::clone(&scheduler);
        let closing = tokio::spawn(async move { closing.shutdown().await });
        a_second().await;

        let waiting = time::timeout(seconds(1), third).await;
        let waiting = waiting.expect("a job that waits was not given back by shutdown");
        let waiting = waiting.expect("submit panicked");
        let back = waiting.map_err(|job| job.name);
        assert!(
            back == Err("waits".to_owned()),
            "a job that waited when shutdown came was answered with {back:?}"
        );
        for class in [Urgent, Normal] {
            let late = scheduler.submit(class, desk.job("late"));
            let late = time::timeout(seconds(1), late).await;
            let late = late.expect("a job that came after shutdown was not given back");
            let back = late.map_err(|job| job.name);
            assert!(
                back == Err("late".to_owned()),
                "a job that came after shutdown was answered with {back:?}"
            );
        }

        desk.let_go_on(2);
        closing.await.expect("shutdown panicked");
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == ["a", "b"].map(done),
            "jobs a and b were accepted, and the outcomes are {outcomes:?}"
        );
    });
}

#[test]
fn every_call_of_shutdown_waits_for_the_end() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, _outcomes) = start(2, 1);
        submit(&scheduler, Normal, slow("a", 5)).await;
        let begin = Instant::now();
        let call = || {
            let scheduler = Arc::clone(&scheduler);
            tokio::spawn(async move { scheduler.shutdown().await })
        };
        for call in [call(), call()] {
            let end = time::timeout(seconds(100), call).await;
            let end = end.expect("with two calls of shutdown, one did not return");
            end.expect("shutdown panicked");
            let took = begin.elapsed().as_secs();
            assert!(
                took == 5,
                "a job needs 5 s, and one of two calls of shutdown returned after {took} s"
            );
        }
        shutdown(&scheduler).await;
        let took = begin.elapsed().as_secs();
        assert!(
            took == 5,
            "all was over after 5 s, and a third call of shutdown returned after {took} s"
        );
    });
}

#[test]
fn a_shutdown_that_is_given_up_cuts_nothing_off() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        submit(&scheduler, Normal, slow("a", 5)).await;
        a_second().await;
        submit(&scheduler, Normal, slow("b", 5)).await;
        let given_up = time::timeout(seconds(1), scheduler.shutdown()).await;
        assert!(
            given_up.is_err(),
            "shutdown returned before a job of 5 s was over"
        );
        let late = time::timeout(seconds(1), scheduler.submit(Urgent, quick("late"))).await;
        let late = late.expect("a job that came after shutdown was not given back");
        assert!(late.is_err(), "a job was accepted after shutdown");
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == ["a", "b"].map(done),
            "jobs a and b were accepted, one call of shutdown was dropped, and the outcomes are \
             {outcomes:?}"
        );
    });
}

#[test]
fn a_scheduler_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, mut outcomes) = start(2, 1);
        let finished = Arc::new(AtomicUsize::new(0));
        for _ in 0..3 {
            let finished = Arc::clone(&finished);
            let job = Job::new("late", async move {
                time::sleep(seconds(8)).await;
                finished.fetch_add(1, Ordering::SeqCst);
                String::new()
            });
            submit(&scheduler, Normal, job).await;
        }
        a_second().await;
        drop(scheduler);
        time::sleep(seconds(60)).await;
        let finished = finished.load(Ordering::SeqCst);
        assert!(
            finished == 0,
            "{finished} jobs came to their ends after the scheduler was dropped"
        );
        let end = time::timeout(seconds(1), outcomes.next()).await;
        assert!(
            end == Ok(None),
            "the scheduler was dropped, and next returned {end:?}"
        );
    });
}

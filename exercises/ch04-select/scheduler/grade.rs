//! What is asked of the scheduler, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use scheduler::Priority::{self, Normal, Urgent};
use scheduler::{Job, Outcome, Outcomes, Panicked, Scheduler, Status};
use tokio::sync::{Barrier, Semaphore};
use tokio::task::{self, JoinHandle};
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

/// What becomes of jobs that are done, in the words of [`told`].
fn all_done(names: &[&str]) -> Vec<String> {
    names
        .iter()
        .map(|name| format!("{name}: {name} is done"))
        .collect()
}

/// An outcome in words.
fn told(Outcome { name, result }: Outcome) -> String {
    match result {
        Ok(text) => format!("{name}: {text}"),
        Err(Panicked) => format!("{name}: panicked"),
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

/// What a future comes to, in so many seconds; otherwise the reproach.
async fn within<T>(limit: u64, future: impl Future<Output = T>, otherwise: &str) -> T {
    match time::timeout(seconds(limit), future).await {
        Ok(output) => output,
        Err(_) => panic!("{otherwise}"),
    }
}

async fn submit(scheduler: &Scheduler, priority: Priority, job: Job) {
    let submitting = scheduler.submit(priority, job);
    let submitted = within(
        10,
        submitting,
        "a job was not accepted, and there was room for it",
    )
    .await;
    submitted.expect("a job was given back although nobody called shutdown");
}

/// Submits in a task; the name of the job if it comes back.
fn submit_later(
    scheduler: &Arc<Scheduler>,
    priority: Priority,
    job: Job,
) -> JoinHandle<Result<(), String>> {
    let scheduler = Arc::clone(scheduler);
    tokio::spawn(async move {
        let submitted = scheduler.submit(priority, job).await;
        submitted.map_err(|job| job.name)
    })
}

async fn status(scheduler: &Scheduler, situation: &str) -> Status {
    let reproach = format!("{situation}, and status was not answered");
    within(1, scheduler.status(), &reproach).await
}

async fn shutdown(scheduler: &Scheduler) {
    within(1_000, scheduler.shutdown(), "shutdown did not return").await;
}

/// All outcomes until the end, in words, and sorted.
async fn rest(mut outcomes: Outcomes) -> Vec<String> {
    let mut all = Vec::new();
    let reading = async {
        while let Some(outcome) = outcomes.next().await {
            all.push(told(outcome));
            // There may be many, and a task that takes them all in one go looks as if it hung.
            task::yield_now().await;
        }
    };
    within(1_000, reading, "the outcomes do not end after shutdown").await;
    all.sort_unstable();
    all
}

#[test]
fn every_accepted_job_has_one_outcome() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, outcomes) = start(2, 2);
        for (priority, name) in [(Normal, "a"), (Urgent, "b"), (Normal, "c"), (Normal, "d")] {
            submit(&scheduler, priority, quick(name)).await;
        }
        a_second().await;
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == all_done(&["a", "b", "c", "d"]),
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
        for _ in 0..2 {
            submit(&scheduler, Normal, desk.job("n")).await;
        }
        a_second().await;
        for _ in 0..2 {
            submit(&scheduler, Urgent, desk.job("u")).await;
        }
        desk.let_go_on(5);
        a_second().await;
        let begun = desk.begun();
        assert!(
            begun == ["first", "u", "u", "n", "n"],
            "two normal jobs and two urgent ones were queued while the worker was busy with the \
             first; they began as {begun:?}"
        );
        shutdown(&scheduler).await;
    });
}

#[test]
fn however_many_urgent_jobs_are_queued_they_begin_first() {
    explore::tasks().bound(1).check(|| async {
        let (scheduler, _outcomes) = start(1, 12);
        let desk = Desk::new();
        submit(&scheduler, Urgent, desk.job("first")).await;
        a_second().await;
        submit(&scheduler, Normal, desk.job("normal")).await;
        for _ in 0..12 {
            submit(&scheduler, Urgent, desk.job("urgent")).await;
        }
        desk.let_go_on(14);
        a_second().await;
        let begun = desk.begun();
        let before = begun.iter().position(|name| name == "normal");
        assert!(
            before == Some(13),
            "a normal job and 12 urgent ones were queued behind a first one; the normal one began \
             after {before:?} jobs"
        );
        shutdown(&scheduler).await;
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
        a_second().await;
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
        shutdown(&scheduler).await;
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
        time::sleep(seconds(10)).await;
        let most = most.load(Ordering::SeqCst);
        assert!(most <= 2, "{most} jobs ran at a time, by 2 workers");
        shutdown(&scheduler).await;
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
        let third = submit_later(&scheduler, Normal, desk.job("c"));
        a_second().await;
        let waits = !third.is_finished();
        assert!(
            waits,
            "with one job running, one queued and room for one, submit of another one returned"
        );
        desk.let_go_on(1);
        let third = within(10, third, "there was room again, and submit did not return").await;
        let third = third.expect("submit panicked");
        assert!(
            third.is_ok(),
            "a job was given back although nobody called shutdown"
        );
        desk.let_go_on(2);
        a_second().await;
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == all_done(&["a", "b", "c"]),
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
            let third = submit_later(&scheduler, full, desk.job("waits"));
            a_second().await;
            let other = scheduler.submit(free, desk.job("other"));
            let accepted = time::timeout(seconds(1), other).await;
            assert!(
                accepted.is_ok(),
                "the queue of {full:?} jobs was full and that of {free:?} ones empty, and the submit of a \
                 job to the empty one waited"
            );
            desk.let_go_on(4);
            let third = third.await.expect("submit panicked");
            assert!(
                third.is_ok(),
                "a job was given back although nobody called shutdown"
            );
            shutdown(&scheduler).await;
        }
    });
}

#[test]
fn a_job_that_panics_costs_only_itself() {
    // The outcome says that it panicked, from wherever the scheduler knows it.
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (scheduler, outcomes) = start(1, 2);
        let bad = Job::new("bad", async { panic!("the printer is on fire") });
        submit(&scheduler, Urgent, bad).await;
        submit(&scheduler, Normal, quick("good")).await;
        a_second().await;
        let status = status(&scheduler, "all jobs were over").await;
        assert!(
            status.running == 0,
            "one job panicked and one is done, and the status is {status:?}"
        );
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == ["bad: panicked", "good: good is done"],
            "one job panicked, the other one did not, and the outcomes are {outcomes:?}"
        );
    });
}

#[test]
fn an_outcome_waits_until_somebody_takes_it() {
    // More jobs than anybody's buffer has room for, so a single schedule must do.
    explore::tasks().bound(0).check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        for before in 0..300 {
            let submitted = time::timeout(seconds(10), scheduler.submit(Normal, quick("a"))).await;
            assert!(
                submitted.is_ok(),
                "nobody took an outcome, and after {before} jobs none was accepted any more"
            );
        }
        a_second().await;
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
        a_second().await;
        let begun = desk.begun();
        assert!(
            begun == ["a", "b"],
            "jobs a and b were accepted, the outcomes were dropped, and those that began are \
             {begun:?}"
        );
        shutdown(&scheduler).await;
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
        let counts = async |situation: &str| {
            let status = status(&scheduler, situation).await;
            (status.running, status.urgent, status.normal)
        };
        let situation = "1 job ran, 2 urgent ones and 1 normal one were queued";
        let found = counts(situation).await;
        assert!(
            found == (1, 2, 1),
            "{situation}, and the status said {found:?}"
        );
        desk.let_go_on(2);
        a_second().await;
        let situation = "1 job ran, no urgent one and 1 normal one were queued";
        let found = counts(situation).await;
        assert!(
            found == (1, 0, 1),
            "{situation}, and the status said {found:?}"
        );
        desk.let_go_on(2);
        a_second().await;
        shutdown(&scheduler).await;
        let situation = "all jobs were over";
        let found = counts(situation).await;
        assert!(
            found == (0, 0, 0),
            "{situation}, and the status said {found:?}"
        );
    });
}

#[test]
fn the_status_does_not_count_what_waits_for_room() {
    explore::tasks().bound(2).check(|| async {
        for class in [Normal, Urgent] {
            let (scheduler, _outcomes) = start(1, 1);
            let desk = Desk::new();
            submit(&scheduler, class, desk.job("a")).await;
            a_second().await;
            submit(&scheduler, class, desk.job("b")).await;
            let waits = submit_later(&scheduler, class, desk.job("waits"));
            a_second().await;
            let mut situation =
                "1 job ran, 1 was queued, and the submit of one more waited for room";
            for _ in 0..2 {
                let status = status(&scheduler, situation).await;
                let found = (status.running, status.urgent + status.normal);
                assert!(
                    found == (1, 1),
                    "{situation}, and the status was {status:?}"
                );
                waits.abort();
                a_second().await;
                situation = "1 job ran, 1 was queued, and the submit of one more had been dropped";
            }
            desk.let_go_on(2);
            shutdown(&scheduler).await;
        }
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
            let answer = within(
                10,
                answer,
                "both workers were idle, and status was not answered",
            );
            let answer = answer.await;
            asked.push(answer.expect("status panicked"));
        }
        asked.sort_unstable();
        assert!(
            asked == [1, 2],
            "two asked at the same time, and were told that it was the times {asked:?}"
        );
        a_second().await;
        let third = status(&scheduler, "both workers were idle").await.asked;
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
        status(&scheduler, "the worker was busy").await;
        shutdown(&scheduler).await;
        status(&scheduler, "the scheduler was shut down").await;
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
            outcome.is_some(),
            "the outcomes ended before the job had one"
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
            outcomes == all_done(&["a", "b", "c"]),
            "jobs a to c were accepted, and the outcomes are {outcomes:?}"
        );
    });
}

#[test]
fn a_job_that_comes_with_the_shutdown_is_run_or_given_back() {
    explore::tasks().check(|| async {
        let (scheduler, outcomes) = start(1, 1);
        let first = submit_later(&scheduler, Normal, quick("a"));
        let second = submit_later(&scheduler, Urgent, quick("b"));
        shutdown(&scheduler).await;
        let mut accepted = Vec::new();
        for (name, submitted) in [("a", first), ("b", second)] {
            let submitted = within(10, submitted, "submit did not return after shutdown").await;
            if submitted.expect("submit panicked").is_ok() {
                accepted.push(name);
            }
        }
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == all_done(&accepted),
            "the jobs that were accepted are {accepted:?}, and the outcomes {outcomes:?}"
        );
    });
}

#[test]
fn shutdown_gives_new_and_waiting_jobs_back_at_once() {
    explore::tasks().bound(2).check(|| async {
        for waiting in [Normal, Urgent] {
            let (scheduler, outcomes) = start(1, 1);
            let desk = Desk::new();
            submit(&scheduler, waiting, desk.job("a")).await;
            a_second().await;
            submit(&scheduler, waiting, desk.job("b")).await;
            let third = submit_later(&scheduler, waiting, desk.job("waits"));
            a_second().await;
            let closing = Arc::clone(&scheduler);
            let closing = tokio::spawn(async move { closing.shutdown().await });
            a_second().await;

            let back = within(
                1,
                third,
                "shutdown came, and a job that waited was not given back",
            )
            .await;
            let back = back.expect("submit panicked");
            assert!(
                back == Err("waits".to_owned()),
                "a job that waited when shutdown came was answered with {back:?}"
            );
            for class in [Urgent, Normal] {
                let late = submit_later(&scheduler, class, desk.job("late"));
                let back =
                    within(1, late, "a job that came after shutdown was not given back").await;
                let back = back.expect("submit panicked");
                assert!(
                    back == Err("late".to_owned()),
                    "a job that came after shutdown was answered with {back:?}"
                );
            }

            desk.let_go_on(2);
            closing.await.expect("shutdown panicked");
            let outcomes = rest(outcomes).await;
            assert!(
                outcomes == all_done(&["a", "b"]),
                "jobs a and b were accepted, and the outcomes are {outcomes:?}"
            );
        }
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
            let end = within(100, call, "of two calls of shutdown one did not return").await;
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
        let late = scheduler.submit(Urgent, quick("late"));
        let late = within(1, late, "a job that came after shutdown was not given back").await;
        assert!(late.is_err(), "a job was accepted after shutdown");
        shutdown(&scheduler).await;
        let outcomes = rest(outcomes).await;
        assert!(
            outcomes == all_done(&["a", "b"]),
            "jobs a and b were accepted, one call of shutdown was dropped, and the outcomes are \
             {outcomes:?}"
        );
    });
}

#[test]
fn a_scheduler_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().bound(2).check(|| async {
        let (scheduler, mut outcomes) = start(2, 3);
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
        let end = outcomes.next();
        let end = within(
            1,
            end,
            "the scheduler was dropped, and the outcomes did not end",
        )
        .await;
        assert!(
            end.is_none(),
            "no job was over when the scheduler was dropped, and next returned {end:?}"
        );
    });
}

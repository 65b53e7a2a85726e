//! What is asked of the service, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use operations::{Closed, Id, Operations, Part, Status};
use tokio::sync::Barrier;
use tokio::time::{self, Instant};

const KEEP: u64 = 100;

/// Parts that note how far they have come.
#[derive(Clone, Default)]
struct Parts(Arc<Counts>);

#[derive(Default)]
struct Counts {
    begun: AtomicUsize,
    alive: AtomicUsize,
    peak: AtomicUsize,
    results: AtomicUsize,
}

/// A result that notes that it is dropped.
struct Rows(u64, Parts);

type Service = Operations<Rows>;

#[test]
fn an_operation_has_the_results_of_its_parts_in_their_order() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), open(2));
        let id = start(&service, vec![parts.of(3), parts.of(1), parts.of(2)], 60).await;
        let end = wait(&service, id).await;
        assert!(
            end == "completed: [3, 1, 2]",
            "parts gave 3, 1 and 2 rows, and the operation was {end}"
        );
        let status = status(&service, id).await;
        assert!(
            status == end,
            "wait returned {end}, and afterwards it was {status}"
        );
        let id = start(&service, Vec::new(), 60).await;
        let end = wait(&service, id).await;
        assert!(
            end == "completed: []",
            "an operation without parts was {end}"
        );
    });
}

#[test]
fn the_parts_of_an_operation_run_at_the_same_time() {
    explore::tasks().bound(2).check(|| async {
        let (service, all) = (open(1), Arc::new(Barrier::new(3)));
        let part = || -> Part<Rows> {
            let (all, rows) = (Arc::clone(&all), Parts::default().rows(1));
            Box::pin(async move {
                all.wait().await;
                Ok(rows)
            })
        };
        let id = start(&service, vec![part(), part(), part()], 60).await;
        let end = wait(&service, id).await;
        assert!(
            end == "completed: [1, 1, 1]",
            "each of three parts needs the others to run, and the operation was {end}"
        );
    });
}

#[test]
fn start_waits_for_no_operation() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(1), Instant::now());
        let first = start(&service, vec![parts.of(5)], 60).await;
        let second = start(&service, vec![parts.of(5)], 60).await;
        let took = begin.elapsed().as_secs();
        assert!(
            took == 0,
            "one place, two operations of 5 s, and the second start returned after {took} s"
        );
        a_second().await;
        // Which of them is the first to get the place is left open.
        let mut both = [
            status(&service, first).await,
            status(&service, second).await,
        ];
        both.sort();
        assert!(
            both == ["queued", "running"],
            "one place, two operations of 5 s, and after a second they are {both:?}"
        );
        for id in [first, second] {
            assert_eq!(wait(&service, id).await, "completed: [5]");
        }
        let took = begin.elapsed().as_secs();
        assert!(took == 10, "2 x 5 s in one place took {took} s");
    });
}

#[test]
fn no_more_operations_run_than_allowed_and_no_place_stays_free() {
    explore::tasks().bound(1).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(2), Instant::now());
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(start(&service, vec![parts.of(5)], 60).await);
        }
        for id in ids {
            assert_eq!(wait(&service, id).await, "completed: [5]");
        }
        let peak = parts.0.peak.load(Ordering::SeqCst);
        assert!(peak <= 2, "{peak} operations were running, 2 were allowed");
        let took = begin.elapsed().as_secs();
        assert!(
            took == 10,
            "4 operations of 5 s, 2 at a time, took {took} s"
        );
    });
}

#[test]
fn an_operation_outlives_whoever_started_it_or_waits_for_it() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), Arc::new(open(1)));
        let (ids, mut started) = tokio::sync::mpsc::channel(1);
        let request = {
            let (parts, service) = (parts.clone(), Arc::clone(&service));
            tokio::spawn(async move {
                let id = start(&service, vec![parts.of(8)], 60).await;
                ids.send(id).await.expect("the test is there");
                service.wait(id).await.map(|_| ())
            })
        };
        let id = started.recv().await.expect("the operation is accepted");
        a_second().await;
        request.abort();
        assert!(request.await.is_err(), "an operation of 8 s took a second");
        let status = status(&service, id).await;
        assert!(
            status == "running",
            "the request went away after a second, and its operation of 8 s is {status}"
        );
        let end = wait(&service, id).await;
        assert!(
            end == "completed: [8]",
            "the request went away, and its operation was {end}"
        );
    });
}

#[test]
fn everybody_who_waits_is_told() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), Arc::new(open(1)));
        let id = start(&service, vec![parts.of(5)], 60).await;
        let waiters = [(), ()].map(|()| {
            let service = Arc::clone(&service);
            tokio::spawn(async move { wait(&service, id).await })
        });
        for waiter in waiters {
            let end = waiter.await.expect("a wait does not panic");
            assert!(
                end == "completed: [5]",
                "one of two who wait was told {end}"
            );
        }
    });
}

#[test]
fn the_first_part_that_fails_ends_the_operation() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(1), Instant::now());
        let id = start(&service, vec![parts.of(8), failing(2)], 60).await;
        let end = wait(&service, id).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == "failed: no such table" && took == 2,
            "a part failed after 2 s (no such table), and after {took} s the operation was {end}"
        );
        parts.none_alive("wait returned after a part had failed");
        time::sleep(seconds(20)).await;
        let status = status(&service, id).await;
        assert!(
            status == end,
            "wait returned {end}, and later it was {status}"
        );
    });
}

#[test]
fn whoever_sees_that_it_is_over_sees_none_of_its_parts() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        let fails = start(&service, vec![parts.of(8), failing(2)], 60).await;
        watch(&service, fails, &parts, "a part failed after 2 s").await;
        let slow = start(&service, vec![parts.of(8)], 2).await;
        watch(&service, slow, &parts, "its limit was 2 s").await;
    });
}

#[test]
fn a_panic_ends_its_operation_and_no_more() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        let panicking: Part<Rows> = Box::pin(async { panic!("a bad row") });
        let id = start(&service, vec![parts.of(8), panicking], 60).await;
        let end = wait(&service, id).await;
        assert!(
            end == "panicked",
            "a part panicked, and the operation was {end}"
        );
        parts.none_alive("wait returned after a part had panicked");
        let next = start(&service, vec![parts.of(3)], 60).await;
        let end = wait(&service, next).await;
        assert!(
            end == "completed: [3]",
            "after an operation that panicked, the next one was {end}"
        );
    });
}

#[test]
fn all_parts_share_one_deadline() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(1), Instant::now());
        let id = start(&service, vec![parts.of(2), parts.of(20)], 5).await;
        let end = wait(&service, id).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == "timed out" && took == 5,
            "parts of 2 and 20 s, a limit of 5 s, and after {took} s the operation was {end}"
        );
        parts.none_alive("wait returned after the limit");
    });
}

#[test]
fn time_in_the_queue_counts() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(1), Instant::now());
        let first = start(&service, vec![parts.of(8)], 60).await;
        a_second().await;
        let queued = Parts::default();
        let second = start(&service, vec![queued.of(1)], 4).await;
        let third = start(&service, vec![queued.of(5)], 10).await;
        let end = wait(&service, second).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == "timed out" && took == 5,
            "accepted after 1 s with a limit of 4 s and queued: after {took} s it was {end}"
        );
        queued.never_begun("an operation timed out while it was queued");
        let end = wait(&service, third).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == "timed out" && took == 11,
            "accepted after 1 s with a limit of 10 s, queued until 8 s, in need of 5 s: after \
             {took} s it was {end}"
        );
        assert_eq!(wait(&service, first).await, "completed: [8]");
    });
}

#[test]
fn a_running_operation_can_be_cancelled() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(1), Instant::now());
        let id = start(&service, vec![parts.of(8), parts.of(9)], 60).await;
        a_second().await;
        let end = cancel(&service, id).await;
        parts.none_alive("cancel returned");
        let took = begin.elapsed().as_secs();
        assert!(
            end == "cancelled" && took == 1,
            "cancelled after 1 s, and after {took} s the operation was {end}"
        );
        let next = start(&service, vec![parts.of(3)], 60).await;
        assert_eq!(wait(&service, next).await, "completed: [3]");
        let took = begin.elapsed().as_secs();
        assert!(
            took == 4,
            "a place was given back after 1 s, and the next operation, of 3 s, was over after {took} s"
        );
    });
}

#[test]
fn a_queued_operation_can_be_cancelled() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(1), Instant::now());
        let first = start(&service, vec![parts.of(8)], 60).await;
        a_second().await;
        let queued = Parts::default();
        let second = start(&service, vec![queued.of(1)], 60).await;
        a_second().await;
        let end = cancel(&service, second).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == "cancelled" && took == 2,
            "cancelled after 2 s in the queue, and after {took} s the operation was {end}"
        );
        assert_eq!(wait(&service, first).await, "completed: [8]");
        a_second().await;
        queued.never_begun("an operation was cancelled while it was queued");
    });
}

#[test]
fn a_cancel_changes_nothing_that_is_over() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        let id = start(&service, vec![parts.of(3)], 60).await;
        let other = start(&service, vec![parts.of(2)], 60).await;
        assert_eq!(wait(&service, id).await, "completed: [3]");
        let told = cancel(&service, id).await;
        let status = status(&service, id).await;
        assert!(
            [&*told, &*status] == ["completed: [3]"; 2],
            "it was completed; cancel returned {told}, and then it was {status}"
        );
        let end = wait(&service, other).await;
        assert!(
            end == "completed: [2]",
            "another operation was cancelled, and this one was {end}"
        );
    });
}

#[test]
fn what_is_over_is_kept_and_then_forgotten() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        let id = start(&service, vec![parts.of(5)], 600).await;
        time::sleep(seconds(KEEP)).await;
        let late = status(&service, id).await;
        assert!(
            late == "completed: [5]",
            "over for {} s, kept for {KEEP} s, and the operation is {late}",
            KEEP - 5
        );
        time::sleep(seconds(6)).await;
        let gone = [
            status(&service, id).await,
            wait(&service, id).await,
            cancel(&service, id).await,
        ];
        assert!(
            gone == ["unknown"; 3],
            "over for {} s, kept for {KEEP} s: to status, wait and cancel it is {gone:?}",
            KEEP + 1
        );
    });
}

#[test]
fn what_is_forgotten_is_dropped_though_nobody_asks() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), open(2));
        for needs in [5, 3] {
            start(&service, vec![parts.of(needs)], 60).await;
        }
        time::sleep(seconds(KEEP)).await;
        let results = parts.results();
        assert!(
            results == 2,
            "two operations are over and kept, and the service holds {results} of their results"
        );
        time::sleep(seconds(6)).await;
        let results = parts.results();
        assert!(
            results == 0,
            "two operations were kept for {KEEP} s; a second later the service holds {results} of \
             their results"
        );
    });
}

#[test]
fn an_operation_that_runs_longer_than_others_are_kept_is_known() {
    explore::tasks().bound(1).check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        let id = start(&service, vec![parts.of(2 * KEEP)], 1_000).await;
        time::sleep(seconds(KEEP + 50)).await;
        let status = status(&service, id).await;
        assert!(
            status == "running",
            "an operation of {} s is {status} after {} s",
            2 * KEEP,
            KEEP + 50
        );
        assert_eq!(wait(&service, id).await, "completed: [200]");
    });
}

#[test]
fn shutdown_cancels_everything_and_waits_for_it() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service, begin) = (Parts::default(), open(1), Instant::now());
        let first = start(&service, vec![parts.of(8), parts.of(9)], 60).await;
        a_second().await;
        let queued = Parts::default();
        let second = start(&service, vec![queued.of(1)], 60).await;
        service.shutdown().await;
        parts.none_alive("shutdown returned");
        queued.never_begun("an operation was queued at the shutdown");
        let took = begin.elapsed().as_secs();
        assert!(
            took == 1,
            "called after 1 s, shutdown returned after {took} s"
        );
        let ends = [
            status(&service, first).await,
            status(&service, second).await,
        ];
        assert!(
            ends == ["cancelled"; 2],
            "after shutdown, two operations that were not over are {ends:?}"
        );
        let late = service.start(vec![queued.of(1)], seconds(60)).await;
        assert!(
            late == Err(Closed),
            "after shutdown, start returned {late:?}"
        );
        queued.never_begun("start was called after shutdown");
    });
}

#[test]
fn shutdown_leaves_what_is_over_as_it_is() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        let id = start(&service, vec![parts.of(3)], 60).await;
        assert_eq!(wait(&service, id).await, "completed: [3]");
        let begin = Instant::now();
        service.shutdown().await;
        let took = begin.elapsed().as_secs();
        assert!(took == 0, "everything was over, and shutdown took {took} s");
        let after = [status(&service, id).await, wait(&service, id).await];
        assert!(
            after == ["completed: [3]"; 2],
            "completed before the shutdown; after it, status and wait say {after:?}"
        );
    });
}

#[test]
fn every_call_of_shutdown_waits_also_after_one_that_was_dropped() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), Arc::new(open(1)));
        start(&service, vec![parts.of(8)], 60).await;
        a_second().await;
        let dropped = time::timeout(Duration::ZERO, service.shutdown()).await;
        if dropped.is_ok() {
            parts.none_alive("the first shutdown returned");
        }
        let late = service.start(vec![parts.of(1)], seconds(60)).await;
        assert!(
            late == Err(Closed),
            "a shutdown had begun, and start returned {late:?}"
        );
        let again = [(), ()].map(|()| {
            let service = Arc::clone(&service);
            let parts = parts.clone();
            tokio::spawn(async move {
                service.shutdown().await;
                parts.none_alive("another shutdown returned");
            })
        });
        for call in again {
            call.await.expect("every shutdown waits");
        }
    });
}

#[test]
fn a_service_that_is_dropped_leaves_nothing_running() {
    explore::tasks().bound(2).check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        for needs in [1, 8, 8] {
            start(&service, vec![parts.of(needs)], 60).await;
        }
        time::sleep(seconds(3)).await;
        drop(service);
        a_second().await;
        parts.none_alive("the service was dropped a second ago");
        let results = parts.results();
        assert!(
            results == 0,
            "the service is gone, and {results} of its results are still held"
        );
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(0).check(|| async {
        let (parts, service) = (Parts::default(), open(1));
        let day = 24 * 3600;
        let first = start(&service, vec![parts.of(day)], 30 * day).await;
        let second = start(&service, vec![parts.of(day)], 30 * day).await;
        for id in [first, second] {
            let end = wait(&service, id).await;
            assert_eq!(end, format!("completed: [{day}]"));
        }
    });
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

async fn a_second() {
    time::sleep(seconds(1)).await;
}

fn open(at_most: usize) -> Service {
    Operations::open(
        NonZeroUsize::new(at_most).expect("at least one"),
        seconds(KEEP),
    )
}

/// A part that fails after so many seconds.
fn failing(after: u64) -> Part<Rows> {
    Box::pin(async move {
        time::sleep(seconds(after)).await;
        Err(String::from("no such table"))
    })
}

async fn start(service: &Service, parts: Vec<Part<Rows>>, limit: u64) -> Id {
    let started = service.start(parts, seconds(limit)).await;
    started.expect("nobody has called shutdown")
}

async fn status(service: &Service, id: Id) -> String {
    told(service.status(id).await)
}

async fn wait(service: &Service, id: Id) -> String {
    told(service.wait(id).await)
}

async fn cancel(service: &Service, id: Id) -> String {
    told(service.cancel(id).await)
}

/// Asks for the status, again and again, when the operation is about to be over.
async fn watch(service: &Service, id: Id, parts: &Parts, why: &str) {
    time::sleep(seconds(2)).await;
    for _ in 0..3 {
        let status = status(service, id).await;
        if status != "running" {
            parts.none_alive(&format!("{why}, and at that moment it was {status}"));
        }
        tokio::task::yield_now().await;
    }
    a_second().await;
}

/// A status in words.
fn told(status: Option<Status<Rows>>) -> String {
    match status {
        None => String::from("unknown"),
        Some(Status::Queued) => String::from("queued"),
        Some(Status::Running) => String::from("running"),
        Some(Status::Completed(results)) => {
            let rows: Vec<u64> = results.iter().map(|rows| rows.0).collect();
            format!("completed: {rows:?}")
        }
        Some(Status::Failed(reason)) => format!("failed: {reason}"),
        Some(Status::Panicked) => String::from("panicked"),
        Some(Status::Cancelled) => String::from("cancelled"),
        Some(Status::TimedOut) => String::from("timed out"),
    }
}

impl Parts {
    /// A part that needs so many seconds, and gives as many rows.
    fn of(&self, needs: u64) -> Part<Rows> {
        let parts = self.clone();
        Box::pin(async move {
            let _alive = Alive::new(&parts);
            time::sleep(seconds(needs)).await;
            Ok(parts.rows(needs))
        })
    }

    fn rows(&self, number: u64) -> Rows {
        self.0.results.fetch_add(1, Ordering::SeqCst);
        Rows(number, self.clone())
    }

    fn results(&self) -> usize {
        self.0.results.load(Ordering::SeqCst)
    }

    #[track_caller]
    fn none_alive(&self, when: &str) {
        let alive = self.0.alive.load(Ordering::SeqCst);
        assert!(alive == 0, "{when}; parts that are still there: {alive}");
    }

    #[track_caller]
    fn never_begun(&self, when: &str) {
        let begun = self.0.begun.load(Ordering::SeqCst);
        assert!(begun == 0, "{when}; parts of it that have begun: {begun}");
    }
}

impl Clone for Rows {
    fn clone(&self) -> Self {
        self.1.rows(self.0)
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        self.1.0.results.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A part between its begin and its end.
struct Alive(Parts);

impl Alive {
    fn new(parts: &Parts) -> Self {
        parts.0.begun.fetch_add(1, Ordering::SeqCst);
        let alive = parts.0.alive.fetch_add(1, Ordering::SeqCst) + 1;
        parts.0.peak.fetch_max(alive, Ordering::SeqCst);
        Self(parts.clone())
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.0.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

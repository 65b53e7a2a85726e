//! What is asked of the desk, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use job_desk::Status::{Cancelled, Done, Panicked, Queued, Running};
use job_desk::{JobDesk, Refused, Status, Work};
use tokio::sync::Barrier;
use tokio::task;
use tokio::time::{self, Instant};

#[test]
fn the_status_tells_how_far_a_job_has_come() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (desk, log) = (open(1, 2), Log::default());
        accepted(&desk, "a", log.work("a", 10));
        accepted(&desk, "b", Box::pin(async { panic!("no such table") }));
        let moments = [
            (1, Some(Running), Some(Queued)),
            (10, Some(Done("a".to_owned())), Some(Panicked)),
            (1_000, Some(Done("a".to_owned())), Some(Panicked)),
        ];
        let begin = Instant::now();
        for (after, a, b) in moments {
            time::sleep_until(begin + seconds(after)).await;
            a_moment().await;
            let found = [desk.status("a"), desk.status("b"), desk.status("c")];
            assert!(
                found == [a, b, None],
                "1 worker had a job of 10 s and behind it one that panics, and after {after} s the \
                 status of the first, the second and of one that never came were {found:?}"
            );
        }
        shutdown(&desk, 1).await;
        let found = [desk.status("a"), desk.status("b"), desk.status("c")];
        assert!(
            found == [Some(Done("a".to_owned())), Some(Panicked), None],
            "a job was done, another one had panicked, and after the shutdown the status were {found:?}"
        );
    });
}

#[test]
fn as_many_jobs_run_as_there_are_workers() {
    explore::tasks().bound(3).check(|| async {
        let desk = open(2, 2);
        // The workers are about to wait, or do.
        task::yield_now().await;
        let both = Arc::new(Barrier::new(2));
        for id in ["a", "b"] {
            let both = Arc::clone(&both);
            let meets = async move {
                both.wait().await;
                String::new()
            };
            accepted(&desk, id, Box::pin(meets));
        }
        a_moment().await;
        let found = [desk.status("a"), desk.status("b")];
        assert!(
            found == [Some(Done(String::new())), Some(Done(String::new()))],
            "2 workers had 2 jobs that wait for each other, whose status are {found:?}"
        );
        shutdown(&desk, 10).await;
    });
}

#[test]
fn no_more_jobs_run_than_there_are_workers_and_they_begin_in_order() {
    explore::tasks().bound(1).check(|| async {
        let (desk, log) = (open(2, 4), Log::default());
        for (id, needs) in [("a", 20), ("b", 3), ("c", 5), ("d", 7)] {
            accepted(&desk, id, log.work(id, needs));
        }
        a_moment().await;
        for (after, running) in [(1, 2), (4, 2), (9, 2), (16, 1), (21, 0)] {
            time::sleep_until(log.start + seconds(after)).await;
            let found = log.count("begins") - log.count("ends");
            assert!(
                found == running,
                "2 workers had jobs of 20, 3, 5 and 7 s, and after {after} s {found} ran"
            );
        }
        let begun = log.of("begins");
        assert!(
            begun[1..] == ["b", "c", "d"] || begun == ["b", "a", "c", "d"],
            "jobs a to d were accepted in this order, and began as {begun:?}"
        );
        shutdown(&desk, 1).await;
    });
}

#[test]
fn a_job_is_refused_when_there_is_no_room() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(1, 2), Log::default());
        accepted(&desk, "runs", log.work("runs", 10));
        a_moment().await;
        accepted(&desk, "queued 1", log.work("queued 1", 10));
        accepted(&desk, "queued 2", log.work("queued 2", 10));
        let more = desk.submit("more", log.work("more", 10));
        assert!(
            more == Err(Refused::Full),
            "1 job ran, 2 were queued, there is room for 2, and another one was answered with {more:?}"
        );
        let unknown = desk.status("more");
        assert!(
            unknown.is_none(),
            "a job was refused, and its status is {unknown:?}"
        );
        let again = desk.submit("queued 1", log.work("queued 1", 10));
        assert!(
            again == Err(Refused::Duplicate),
            "the queue was full and the id was taken, and the answer was {again:?}"
        );
        time::sleep(seconds(11)).await;
        accepted(&desk, "more", log.work("more", 10));
        let ends = shutdown(&desk, 100).await.len();
        assert!(ends == 4, "4 jobs were accepted, and {ends} reported");
    });
}

#[test]
fn an_id_is_used_once() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (desk, log) = (open(1, 9), Log::default());
        accepted(&desk, "done", log.work("done", 0));
        accepted(
            &desk,
            "panicked",
            Box::pin(async { panic!("no such table") }),
        );
        a_moment().await;
        accepted(&desk, "running", log.work("running", 10));
        accepted(&desk, "cancelled", log.work("cancelled", 10));
        accepted(&desk, "queued", log.work("queued", 10));
        assert!(desk.cancel("cancelled"), "a queued job was not cancelled");
        a_moment().await;
        for id in ["done", "panicked", "running", "cancelled", "queued"] {
            let before = desk.status(id);
            let again = desk.submit(id, log.work("again", 10));
            let after = desk.status(id);
            assert!(
                again == Err(Refused::Duplicate) && before == after,
                "a job with the id of one that is {id} was answered with {again:?}; the status was \
                 {before:?} before and {after:?} after that"
            );
        }
        let ends = shutdown(&desk, 100).await.len();
        assert!(ends == 5, "5 jobs were accepted, and {ends} reported");
        let begun = log.of("begins");
        assert!(
            !begun.contains(&"again"),
            "jobs were refused, and those that began are {begun:?}"
        );
    });
}

#[test]
fn a_queued_job_can_be_cancelled() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(1, 2), Log::default());
        accepted(&desk, "runs", log.work("runs", 10));
        a_moment().await;
        for id in ["a", "b"] {
            accepted(&desk, id, log.work(id, 10));
        }
        let answers = [desk.cancel("a"), desk.cancel("a")];
        assert!(
            answers == [true, false],
            "a queued job was cancelled twice, and the answers were {answers:?}"
        );
        let status = desk.status("a");
        assert!(
            status == Some(Cancelled),
            "a queued job was cancelled, and its status is {status:?}"
        );
        let next = desk.submit("c", log.work("c", 10));
        assert!(
            next.is_ok(),
            "of 2 queued jobs 1 was cancelled, there is room for 2, and the next was answered with {next:?}"
        );
        shutdown(&desk, 100).await;
        let begun = log.of("begins");
        assert!(
            begun == ["runs", "b", "c"],
            "of jobs a to c, a was cancelled while it was queued, and those that began are {begun:?}"
        );
    });
}

#[test]
fn a_running_job_can_be_cancelled() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(1, 2), Log::default());
        accepted(&desk, "a", log.work("a", 100));
        accepted(&desk, "b", log.work("b", 10));
        time::sleep(seconds(5)).await;
        let answers = [desk.cancel("a"), desk.cancel("a")];
        assert!(
            answers == [true, false],
            "a running job was cancelled twice, and the answers were {answers:?}"
        );
        let status = desk.status("a");
        assert!(
            status == Some(Cancelled),
            "a running job was cancelled, and its status is {status:?}"
        );
        a_moment().await;
        let dropped = log.of("is dropped");
        assert!(
            dropped == ["a"],
            "a running job was cancelled 1 s ago, and those that were dropped are {dropped:?}"
        );
        let next = desk.status("b");
        assert!(
            next == Some(Running),
            "the job that ran was cancelled 1 s ago, and the next is {next:?}"
        );
        let ends = shutdown(&desk, 1_000).await;
        assert!(
            ends == [end("a", Cancelled), end("b", done("b"))],
            "a was cancelled while it ran and b was not, and they ended as {ends:?}"
        );
    });
}

#[test]
fn where_there_is_nothing_to_cancel_nothing_changes() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (desk, log) = (open(1, 4), Log::default());
        accepted(&desk, "a", log.work("a", 0));
        accepted(&desk, "b", Box::pin(async { panic!("no such table") }));
        a_moment().await;
        let answers = ["a", "b", "c"].map(|id| (desk.cancel(id), desk.status(id)));
        let wanted = [(false, Some(done("a"))), (false, Some(Panicked)), (false, None)];
        assert!(
            answers == wanted,
            "a job that was done, one that had panicked and one that never came were cancelled; the \
             answers and the status are {answers:?}"
        );
        shutdown(&desk, 1).await;
    });
}

#[test]
fn a_cancel_that_comes_with_the_end_is_kept_or_refused() {
    explore::tasks().check(|| async {
        let desk = Arc::new(open(1, 1));
        let both = Arc::new(Barrier::new(2));
        let meets = Arc::clone(&both);
        let work = async move {
            meets.wait().await;
            "a".to_owned()
        };
        accepted(&desk, "a", Box::pin(work));
        let cancelling = Arc::clone(&desk);
        let cancelling = tokio::spawn(async move {
            both.wait().await;
            let said = cancelling.cancel("a");
            (said, cancelling.status("a"))
        });
        let (said, status) = cancelling.await.expect("cancel panicked");
        let ends = shutdown(&desk, 10).await;
        let wanted = if said { Cancelled } else { done("a") };
        assert!(
            status.as_ref() == Some(&wanted) && ends == [end("a", wanted)],
            "a job was cancelled when it came to its end; cancel said {said}, its status was {status:?}, \
             and it ended as {ends:?}"
        );
    });
}

#[test]
fn a_cancel_that_comes_with_the_beginning_is_kept() {
    explore::tasks().check(|| async {
        let (desk, log) = (open(1, 1), Log::default());
        accepted(&desk, "a", log.work("a", 5));
        task::yield_now().await;
        let said = desk.cancel("a");
        accepted(&desk, "b", log.work("b", 5));
        let ends = shutdown(&desk, 100).await;
        assert!(
            said && ends == [end("a", Cancelled), end("b", done("b"))],
            "a job was cancelled when it was about to begin, cancel said {said}, and the jobs ended as \
             {ends:?}"
        );
        let took = log.start.elapsed().as_secs();
        assert!(
            took == 5,
            "a job of 5 s was cancelled at once, one of 5 s followed, and all was over after {took} s"
        );
    });
}

#[test]
fn a_job_that_panics_costs_only_itself() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (desk, log) = (open(1, 4), Log::default());
        for id in ["a", "b"] {
            accepted(&desk, id, Box::pin(async { panic!("no such table") }));
        }
        accepted(&desk, "c", log.work("c", 5));
        let ends = shutdown(&desk, 10).await;
        assert!(
            ends == [end("a", Panicked), end("b", Panicked), end("c", done("c"))],
            "a and b panic and c does not, and they ended as {ends:?}"
        );
    });
}

#[test]
fn jobs_and_what_they_own_may_use_the_desk() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (Arc::new(open(1, 3)), Log::default());
        let asking = |id: &'static str| {
            let (asks, log) = (AsksWhenDropped(Arc::clone(&desk), log.clone(), id), log.clone());
            Box::pin(async move {
                let status = asks.0.status(id);
                log.note(id, if status == Some(Running) { "runs" } else { "is lost" });
                time::sleep(seconds(10)).await;
                drop(asks);
                String::new()
            })
        };
        for id in ["first", "second", "third"] {
            accepted(&desk, id, asking(id));
        }
        a_moment().await;
        desk.cancel("second");
        let ends = shutdown(&desk, 5).await;
        assert!(ends.len() == 3, "3 jobs were accepted, and reported were {ends:?}");
        let (ran, asked) = (log.of("runs"), log.count("has asked"));
        assert!(
            ran == ["first"] && asked == 3,
            "3 jobs ask for their status while they run and when they are dropped; those that ran are \
             {ran:?}, and {asked} were dropped"
        );
    });
}

#[test]
fn a_shutdown_returns_as_soon_as_all_jobs_have_ended() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(2, 3), Log::default());
        for (id, needs) in [("a", 2_000), ("b", 10), ("c", 3_000)] {
            accepted(&desk, id, log.work(id, needs));
        }
        let ends = shutdown(&desk, 10_000).await;
        let took = log.start.elapsed().as_secs();
        assert!(
            took == 3_010,
            "2 workers had jobs of 2,000 s, 10 s and 3,000 s, and the shutdown returned after {took} s"
        );
        assert!(
            ends == ["a", "b", "c"].map(|id| end(id, done(id))),
            "jobs a to c had time enough, and ended as {ends:?}"
        );
        let again = shutdown(&desk, 10_000).await;
        let took = log.start.elapsed().as_secs();
        assert!(
            again == ends && took == 3_010,
            "a second call after the end told {again:?} after {took} s"
        );
    });
}

#[test]
fn there_is_one_deadline_for_all_jobs() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(1, 3), Log::default());
        for id in ["a", "b", "c"] {
            accepted(&desk, id, log.work(id, 20));
        }
        let ends = shutdown(&desk, 30).await;
        let took = log.start.elapsed().as_secs();
        let wanted = [end("a", done("a")), end("b", Cancelled), end("c", Cancelled)];
        assert!(
            ends == wanted && took == 30,
            "1 worker had 3 jobs of 20 s each and a deadline of 30 s; after {took} s they had ended as \
             {ends:?}"
        );
        let (begun, gone) = (log.of("begins"), log.of("is dropped"));
        assert!(
            begun == ["a", "b"] && gone == ["b"],
            "of 3 jobs the first was done within the deadline, and the second ran when it came; those \
             that began are {begun:?}, and when shutdown returned those dropped on their way were {gone:?}"
        );
    });
}

#[test]
fn from_the_shutdown_on_jobs_are_refused_as_closed() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (Arc::new(open(1, 2)), Log::default());
        accepted(&desk, "a", log.work("a", 10));
        let closing = Arc::clone(&desk);
        let closing = tokio::spawn(async move { shutdown(&closing, 100).await });
        a_moment().await;
        let late = [desk.submit("late", log.work("late", 1)), desk.submit("a", log.work("a", 1))];
        assert!(
            late == [Err(Refused::Closed); 2],
            "during a shutdown a new job and one of an id that was taken were answered with {late:?}"
        );
        let ends = closing.await.expect("shutdown panicked");
        assert!(
            ends == [end("a", done("a"))],
            "1 job was accepted, and reported were {ends:?}"
        );
        let late = desk.submit("late", log.work("late", 1));
        assert!(
            late == Err(Refused::Closed),
            "after a shutdown a job was answered with {late:?}"
        );
    });
}

#[test]
fn a_job_can_be_cancelled_during_a_shutdown() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (Arc::new(open(1, 2)), Log::default());
        for id in ["a", "b"] {
            accepted(&desk, id, log.work(id, 50));
        }
        let closing = Arc::clone(&desk);
        let closing = tokio::spawn(async move { shutdown(&closing, 100).await });
        time::sleep(seconds(10)).await;
        let answers = [desk.cancel("a"), desk.cancel("b")];
        let ends = closing.await.expect("shutdown panicked");
        let took = log.start.elapsed().as_secs();
        assert!(
            answers == [true; 2] && ends == [end("a", Cancelled), end("b", Cancelled)] && took == 10,
            "during a shutdown, after 10 s, a running job and a queued one were cancelled; the answers \
             were {answers:?}, and after {took} s shutdown told {ends:?}"
        );
    });
}

#[test]
fn the_first_deadline_counts_for_all_calls() {
    explore::tasks().bound(2).check(|| async {
        for deadlines in [[100, 30], [30, 100]] {
            let (desk, log) = (Arc::new(open(1, 2)), Log::default());
            accepted(&desk, "a", log.work("a", 1_000));
            let calls = deadlines.map(|within| {
                let (desk, start) = (Arc::clone(&desk), log.start);
                tokio::spawn(async move { (shutdown(&desk, within).await, start.elapsed().as_secs()) })
            });
            for call in calls {
                let (ends, took) = call.await.expect("shutdown panicked");
                assert!(
                    ends == [end("a", Cancelled)] && took == 30,
                    "a job of 1,000 s ran, 2 called shutdown with {deadlines:?} s, and one was told \
                     {ends:?} after {took} s"
                );
            }
        }
    });
}

#[test]
fn a_shutdown_that_is_given_up_has_closed_the_desk_and_cancels_nothing() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(1, 2), Log::default());
        for id in ["a", "b"] {
            accepted(&desk, id, log.work(id, 50));
        }
        let given_up = time::timeout(seconds(1), desk.shutdown(seconds(10))).await;
        assert!(given_up.is_err(), "shutdown returned before its jobs had ended");
        let late = desk.submit("late", log.work("late", 1));
        assert!(
            late == Err(Refused::Closed),
            "a call of shutdown was dropped half-way, and a job was answered with {late:?}"
        );
        let ends = shutdown(&desk, 1_000).await;
        assert!(
            ends == ["a", "b"].map(|id| end(id, done(id))),
            "a call of shutdown was dropped half-way, another one gave time enough, and the jobs ended \
             as {ends:?}"
        );
    });
}

#[test]
fn a_job_that_comes_with_the_shutdown_ends_or_is_refused() {
    explore::tasks().check(|| async {
        let desk = Arc::new(open(1, 2));
        let submits = ["a", "b"].map(|id| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move {
                let quick = Box::pin(async { String::new() });
                desk.submit(id, quick)
            })
        });
        let ends = shutdown(&desk, 10).await;
        let mut taken = 0;
        for submit in submits {
            taken += usize::from(submit.await.expect("submit panicked").is_ok());
        }
        let count = ends
            .iter()
            .filter(|(_, end)| *end == Done(String::new()))
            .count();
        assert!(
            taken == count && ends.len() == count,
            "{taken} jobs were accepted, and shutdown told {ends:?}"
        );
    });
}

#[test]
fn a_desk_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(2, 3), Log::default());
        for id in ["a", "b", "c"] {
            accepted(&desk, id, log.work(id, 8));
        }
        time::sleep(seconds(2)).await;
        drop(desk);
        time::sleep(seconds(60)).await;
        let (ended, begun) = (log.count("ends"), log.count("begins"));
        assert!(
            ended == 0 && begun == 2,
            "a desk with 2 workers and 3 jobs was dropped; {begun} began and {ended} came to an end"
        );
    });
}

#[test]
fn a_job_that_comes_when_another_ends_needs_one_worker() {
    explore::tasks().bound(2).check(|| async {
        let (desk, log) = (open(2, 3), Log::default());
        accepted(&desk, "a", log.work("a", 5));
        time::sleep(seconds(5)).await;
        accepted(&desk, "b", log.work("b", 0));
        a_moment().await;
        let found = [desk.status("a"), desk.status("b")];
        assert!(
            found == [Some(done("a")), Some(done("b"))],
            "2 workers had a job of 5 s and then a short one, whose status are {found:?}"
        );
        shutdown(&desk, 1).await;
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(2).check(|| async {
        let desk = open(2, 1);
        time::sleep(Duration::from_millis(100_000_500)).await;
        let log = Log::default();
        accepted(&desk, "a", log.work("a", 0));
        shutdown(&desk, 10).await;
        let took = log.start.elapsed().as_millis();
        assert!(
            took == 0,
            "an idle desk needed {took} ms for a job that is done at once, and its shutdown"
        );
    });
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Lets everybody go on who can.
async fn a_moment() {
    time::sleep(Duration::from_millis(500)).await;
}

fn open(workers: usize, room: usize) -> JobDesk {
    let number = |number| NonZeroUsize::new(number).expect("at least one");
    JobDesk::open(number(workers), number(room))
}

#[track_caller]
fn accepted(desk: &JobDesk, id: &str, work: Work) {
    if let Err(refused) = desk.submit(id, work) {
        panic!("job '{id}' was refused as {refused:?}, without a reason");
    }
}

async fn shutdown(desk: &JobDesk, within: u64) -> Vec<(String, Status)> {
    let shutdown = desk.shutdown(seconds(within));
    match time::timeout(seconds(within + 100_000), shutdown).await {
        Ok(ends) => ends,
        Err(_) => panic!("a shutdown within {within} s did not return"),
    }
}

fn done(result: &str) -> Status {
    Done(result.to_owned())
}

fn end(id: &str, status: Status) -> (String, Status) {
    (id.to_owned(), status)
}

/// Notes what becomes of jobs.
#[derive(Clone)]
struct Log {
    notes: Arc<Mutex<Vec<(&'static str, &'static str)>>>,
    start: Instant,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            notes: Arc::default(),
            start: Instant::now(),
        }
    }
}

impl Log {
    /// A job that needs some seconds and returns its name.
    fn work(&self, name: &'static str, needs: u64) -> Work {
        let log = self.clone();
        Box::pin(async move {
            log.note(name, "begins");
            let mut way = OnItsWay {
                log,
                name,
                ended: false,
            };
            if needs > 0 {
                time::sleep(seconds(needs)).await;
            }
            way.ended = true;
            way.log.note(name, "ends");
            name.to_owned()
        })
    }

    fn note(&self, name: &'static str, what: &'static str) {
        self.notes.lock().unwrap().push((name, what));
    }

    /// To whom this has happened.
    fn of(&self, what: &str) -> Vec<&'static str> {
        let notes = self.notes.lock().unwrap();
        let these = notes.iter().filter(|(_, found)| *found == what);
        these.map(|(name, _)| *name).collect()
    }

    fn count(&self, what: &str) -> usize {
        self.of(what).len()
    }
}

/// Notes if a job is dropped before it has ended.
struct OnItsWay {
    log: Log,
    name: &'static str,
    ended: bool,
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        if !self.ended {
            self.log.note(self.name, "is dropped");
        }
    }
}

/// Asks for its own status when it is dropped.
struct AsksWhenDropped(Arc<JobDesk>, Log, &'static str);

impl Drop for AsksWhenDropped {
    fn drop(&mut self) {
        let Self(desk, log, id) = self;
        if desk.status(id).is_some() {
            log.note(id, "has asked");
        }
    }
}

//! What is asked of the search, in every order in which the tasks can run.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use search::{Findings, Limits, Miss, Source, Unfinished, search};
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

/// A source at most 5 s, everything at most 12 s.
const LIMITS: Limits = Limits {
    source: Duration::from_secs(5),
    total: Duration::from_secs(12),
};

/// Notes what is asked, and what is still underway.
#[derive(Clone, Default)]
struct Archives(Arc<Notes>);

#[derive(Default)]
struct Notes {
    asked: Mutex<Vec<&'static str>>,
    underway: AtomicUsize,
    peak: AtomicUsize,
}

#[test]
fn the_hits_are_those_of_the_sources_in_their_order() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("a", 3, &["a1", "a2"]),
            archives.gives("b", 1, &[]),
            archives.gives("c", 2, &["c1"]),
        ];
        let begin = Instant::now();
        let end = undisturbed(sources, 10, LIMITS).await;
        assert!(
            end == done(&["a1", "a2", "c1"]),
            "three sources have three hits together, 10 are wanted, and the end is {end:?}"
        );
        archives.asked(&["a", "b", "c"], "all were needed");
        let took = begin.elapsed().as_secs();
        assert!(
            took == 6,
            "answers after 3, 1 and 2 s took {took} s together"
        );
        let peak = archives.0.peak.load(Ordering::SeqCst);
        assert!(peak == 1, "{peak} sources were asked at the same time");
    });
}

#[test]
fn once_there_is_enough_no_source_is_asked() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("a", 1, &["a1"]),
            archives.gives("b", 1, &["b1", "b2", "b3"]),
            archives.gives("c", 1, &["c1"]),
        ];
        let begin = Instant::now();
        let end = undisturbed(sources, 3, LIMITS).await;
        assert!(
            end == done(&["a1", "b1", "b2"]),
            "3 hits are wanted, sources have 1, 3 and 1, and the end is {end:?}"
        );
        archives.asked(
            &["a", "b"],
            "the first two have four hits, and 3 are wanted",
        );
        let took = begin.elapsed().as_secs();
        assert!(
            took == 2,
            "there was enough after 2 s, and it took {took} s"
        );
        archives.none_underway("the search is over");
    });
}

#[test]
fn who_wants_nothing_asks_nobody() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![archives.gives("a", 1, &["a1"])];
        let end = undisturbed(sources, 0, LIMITS).await;
        assert!(
            end == done(&[]),
            "0 hits are wanted, and the end is {end:?}"
        );
        archives.asked(&[], "0 hits are wanted");
        let end = undisturbed(Vec::new(), 3, LIMITS).await;
        assert!(
            end == done(&[]),
            "there is no source, and the end is {end:?}"
        );
    });
}

#[test]
fn that_there_is_nothing_is_a_success() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![archives.gives("a", 1, &[]), archives.gives("b", 1, &[])];
        let end = undisturbed(sources, 3, LIMITS).await;
        assert!(
            end == done(&[]),
            "all sources answered in time that they have nothing, and the end is {end:?}"
        );
    });
}

#[test]
fn a_slow_source_costs_its_own_limit_and_no_more() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("a", 1, &["a1"]),
            archives.gives("slow", 60, &["late"]),
            archives.gives("c", 1, &["c1"]),
        ];
        let begin = Instant::now();
        let end = undisturbed(sources, 3, LIMITS).await;
        let took = begin.elapsed().as_secs();
        assert!(
            took == 7,
            "sources of 1, 60 and 1 s with a limit of 5 s each took {took} s"
        );
        let expected = Ok(found(&["a1", "c1"], &[(1, Miss::TooSlow)]));
        assert!(
            end == expected,
            "the second of three sources was too slow, and the end is {end:?}"
        );
        archives.none_underway("the search is over");
    });
}

#[test]
fn a_slow_source_is_dropped_before_the_next_is_asked() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("slow", 60, &["late"]),
            archives.gives("b", 1, &["b1"]),
        ];
        let end = undisturbed(sources, 3, LIMITS).await;
        let expected = Ok(found(&["b1"], &[(0, Miss::TooSlow)]));
        assert!(end == expected, "the first source was too slow: {end:?}");
        let peak = archives.0.peak.load(Ordering::SeqCst);
        assert!(
            peak == 1,
            "the second source was asked while the first, given up, was still underway"
        );
    });
}

#[test]
fn every_source_has_its_limit_for_itself() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("a", 4, &["a1"]),
            archives.gives("b", 4, &["b1"]),
            archives.gives("c", 3, &["c1"]),
        ];
        let end = undisturbed(sources, 3, LIMITS).await;
        assert!(
            end == done(&["a1", "b1", "c1"]),
            "answers after 4, 4 and 3 s, with a limit of 5 s each and 12 s for all: {end:?}"
        );
    });
}

#[test]
fn a_source_that_fails_or_panics_is_noted_and_the_next_is_asked() {
    explore::tasks().may_lose_panics().check(|| async {
        let archives = Archives::default();
        let failing: Source = Box::new(|| Box::pin(async { Err(String::from("no index")) }));
        let unaskable: Source = Box::new(|| panic!("no such archive"));
        let panicking: Source = Box::new(|| {
            Box::pin(async {
                time::sleep(Duration::from_secs(1)).await;
                panic!("a bad page")
            })
        });
        let sources = vec![failing, unaskable, panicking, archives.gives("c", 1, &["c1"])];
        let end = undisturbed(sources, 3, LIMITS).await;
        let missed = [
            (0, Miss::Failed(String::from("no index"))),
            (1, Miss::Panicked),
            (2, Miss::Panicked),
        ];
        let expected = Ok(found(&["c1"], &missed));
        assert!(
            end == expected,
            "one source failed, one panicked when it was asked, one 1 s later, and one has a hit; the end is \
             {end:?}"
        );
    });
}

#[test]
fn out_of_time_is_no_success_and_keeps_what_was_found() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("a", 4, &["a1"]),
            archives.gives("slow", 60, &["late"]),
            archives.gives("c", 4, &["c1"]),
            archives.gives("d", 1, &["d1"]),
        ];
        let begin = Instant::now();
        let end = undisturbed(sources, 3, LIMITS).await;
        let took = begin.elapsed().as_secs();
        let sofar = found(&["a1"], &[(1, Miss::TooSlow)]);
        assert!(
            end == Err(Unfinished::OutOfTime(sofar)),
            "12 s for all; 4 s, too slow, and 4 s: after {took} s the end is {end:?}"
        );
        assert!(took == 12, "12 s for all, and the search took {took} s");
        archives.none_underway("the search is out of time");
        archives.asked(&["a", "slow", "c"], "the time was over with the third");
        time::sleep(Duration::from_secs(60)).await;
        archives.asked(&["a", "slow", "c"], "the search is long over");
    });
}

#[test]
fn out_of_time_without_a_hit_is_no_success() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let limits = Limits {
            source: Duration::from_secs(60),
            total: Duration::from_secs(3),
        };
        let sources = vec![archives.gives("a", 8, &["a1"])];
        let begin = Instant::now();
        let end = undisturbed(sources, 3, limits).await;
        let took = begin.elapsed().as_secs();
        assert!(
            end == Err(Unfinished::OutOfTime(Findings::default())) && took == 3,
            "3 s for all, an answer after 8 s: after {took} s the end is {end:?}"
        );
        archives.none_underway("the search is out of time");
    });
}

#[test]
fn the_caller_can_stop_it_and_is_told_so() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("a", 1, &["a1"]),
            archives.gives("b", 4, &["b1"]),
            archives.gives("c", 1, &["c1"]),
        ];
        let stop = CancellationToken::new();
        let begin = Instant::now();
        let search = tokio::spawn(search(sources, 3, LIMITS, stop.clone()));
        time::sleep(Duration::from_secs(2)).await;
        stop.cancel();
        let end = search.await.expect("a search does not panic");
        let underway = archives.0.underway.load(Ordering::SeqCst);
        let took = begin.elapsed().as_secs();
        let sofar = found(&["a1"], &[]);
        assert!(
            end == Err(Unfinished::Cancelled(sofar)) && took == 2,
            "stopped after 2 s, when one source had answered: after {took} s the end is {end:?}"
        );
        assert!(
            underway == 0,
            "the search was stopped; sources that still look for an answer: {underway}"
        );
        time::sleep(Duration::from_secs(60)).await;
        archives.asked(&["a", "b"], "it was stopped while the second was asked");
    });
}

#[test]
fn who_is_stopped_before_the_begin_asks_nobody() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let stop = CancellationToken::new();
        stop.cancel();
        let sources = vec![archives.gives("a", 1, &["a1"])];
        let end = search(sources, 3, LIMITS, stop).await;
        assert!(
            end == Err(Unfinished::Cancelled(Findings::default())),
            "stopped before it began, and the end is {end:?}"
        );
        archives.asked(&[], "it was stopped before it began");
    });
}

#[test]
fn if_both_are_so_it_was_the_caller() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let limits = Limits {
            source: Duration::from_secs(60),
            total: Duration::from_secs(8),
        };
        let stop = CancellationToken::new();
        let sources = vec![archives.gives("a", 30, &["a1"])];
        let search = search(sources, 3, limits, stop.clone());
        tokio::pin!(search);
        let early = time::timeout(Duration::from_secs(1), &mut search).await;
        assert!(
            early.is_err(),
            "the search was over after a second: {early:?}"
        );
        // Nobody polls it for a while.
        time::sleep(Duration::from_secs(2)).await;
        stop.cancel();
        time::sleep(Duration::from_secs(17)).await;
        let end = search.await;
        assert!(
            end == Err(Unfinished::Cancelled(Findings::default())),
            "stopped after 3 s, time for 8 s, looked at after 20 s: the end is {end:?}"
        );
        archives.none_underway("the search is over");
    });
}

#[test]
fn the_time_counts_from_the_first_poll() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![archives.gives("a", 4, &["a1"])];
        let search = search(sources, 3, LIMITS, CancellationToken::new());
        time::sleep(Duration::from_secs(30)).await;
        archives.asked(&[], "nobody has polled the search");
        let end = search.await;
        assert!(
            end == done(&["a1"]),
            "first polled 30 s after the call, done 4 s later, and the end is {end:?}"
        );
    });
}

#[test]
fn a_search_that_is_dropped_leaves_nothing_running() {
    explore::tasks().check(|| async {
        let archives = Archives::default();
        let sources = vec![
            archives.gives("a", 4, &["a1"]),
            archives.gives("b", 1, &["b1"]),
        ];
        let search = search(sources, 3, LIMITS, CancellationToken::new());
        let dropped = time::timeout(Duration::from_secs(2), search).await;
        assert!(dropped.is_err(), "a search of 5 s was over after 2 s");
        time::sleep(Duration::from_secs(1)).await;
        archives.none_underway("the search was dropped a second ago");
        time::sleep(Duration::from_secs(60)).await;
        archives.asked(&["a"], "the search was dropped while the first was asked");
    });
}

/// A search that nobody stops.
async fn undisturbed(
    sources: Vec<Source>,
    enough: usize,
    limits: Limits,
) -> Result<Findings, Unfinished> {
    let stop = CancellationToken::new();
    search(sources, enough, limits, stop).await
}

fn found(hits: &[&str], missed: &[(usize, Miss)]) -> Findings {
    Findings {
        hits: hits.iter().map(|hit| String::from(*hit)).collect(),
        missed: missed.to_vec(),
    }
}

fn done(hits: &[&str]) -> Result<Findings, Unfinished> {
    Ok(found(hits, &[]))
}

impl Archives {
    /// A source that answers with these hits, after so many seconds.
    fn gives(&self, name: &'static str, needs: u64, hits: &[&str]) -> Source {
        let archives = self.clone();
        let hits = found(hits, &[]).hits;
        Box::new(move || {
            archives.0.asked.lock().unwrap().push(name);
            let underway = Underway::new(&archives);
            Box::pin(async move {
                let _underway = underway;
                time::sleep(Duration::from_secs(needs)).await;
                Ok(hits)
            })
        })
    }

    #[track_caller]
    fn asked(&self, expected: &[&str], why: &str) {
        let asked = self.0.asked.lock().unwrap().clone();
        assert!(
            asked == expected,
            "{why}: expected to be asked are {expected:?}, and asked are {asked:?}"
        );
    }

    #[track_caller]
    fn none_underway(&self, when: &str) {
        let underway = self.0.underway.load(Ordering::SeqCst);
        assert!(
            underway == 0,
            "{when}; sources that still look for an answer: {underway}"
        );
    }
}

/// A source that was asked, until its answer is there or dropped.
struct Underway(Archives);

impl Underway {
    fn new(archives: &Archives) -> Self {
        let underway = archives.0.underway.fetch_add(1, Ordering::SeqCst) + 1;
        archives.0.peak.fetch_max(underway, Ordering::SeqCst);
        Self(archives.clone())
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.0.underway.fetch_sub(1, Ordering::SeqCst);
    }
}

//! What is asked of the monitor, in every order in which the tasks can run.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use monitor::{Collector, Missing, Report, Totals, monitor};
use tokio::sync::Barrier;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

const PERIOD: Duration = Duration::from_millis(1000);

/// The world of the properties that do not ask what goes on afterwards.
fn may_leave_tasks() -> explore::Tasks {
    explore::tasks().bound(2).may_leave_tasks()
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Reads `value` after so many milliseconds.
fn reads(name: &str, takes: u64, value: u64) -> Collector {
    Collector::new(name, move || async move {
        time::sleep(ms(takes)).await;
        Ok(value)
    })
}

/// Never answers.
fn silent(name: &str) -> Collector {
    Collector::new(name, std::future::pending)
}

/// Things that happen, each with the milliseconds since the beginning.
#[derive(Clone)]
struct Log<T> {
    begin: Instant,
    entries: Arc<Mutex<Vec<(u128, T)>>>,
}

impl<T: Clone> Log<T> {
    fn new() -> Self {
        Self {
            begin: Instant::now(),
            entries: Arc::new(Mutex::new(Vec::new())),
        }
    }

    fn note(&self, what: T) {
        let entry = (self.begin.elapsed().as_millis(), what);
        self.entries.lock().unwrap().push(entry);
    }

    fn entries(&self) -> Vec<(u128, T)> {
        self.entries.lock().unwrap().clone()
    }

    fn moments(&self) -> Vec<u128> {
        self.entries().iter().map(|(moment, _)| *moment).collect()
    }
}

/// Runs the monitor, stores at once, and stops it after so many milliseconds.
async fn run_for(duration: u64, collectors: Vec<Collector>) -> (Totals, Vec<(u128, Report)>) {
    let log = Log::new();
    let stored = log.clone();
    let store = move |report| {
        stored.note(report);
        std::future::ready(())
    };
    let stop = CancellationToken::new();
    let stops = async {
        time::sleep(ms(duration)).await;
        stop.cancel();
    };
    let (totals, ()) = tokio::join!(monitor(collectors, PERIOD, store, stop.clone()), stops);
    (totals, log.entries())
}

/// The readings of a report, by name.
fn names(report: &Report) -> Vec<&str> {
    report.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn the_first_cycle_begins_at_once_and_then_one_a_period() {
    explore::tasks().check(|| async {
        let asked = Log::new();
        let note = asked.clone();
        let collector = Collector::new("cpu", move || {
            note.note(());
            async {
                time::sleep(ms(100)).await;
                Ok(1)
            }
        });
        run_for(2500, vec![collector]).await;
        let asked = asked.moments();
        assert!(
            asked == [0, 1000, 2000],
            "with a period of 1000 ms and a collector that takes 100, cycles began at {asked:?} ms"
        );
    });
}

#[test]
fn all_collectors_are_asked_at_the_same_time() {
    explore::tasks().bound(2).check(|| async {
        // Nobody answers before all have been asked.
        let all = Arc::new(Barrier::new(3));
        let collectors = ["cpu", "disk", "memory"].map(|name| {
            let all = Arc::clone(&all);
            Collector::new(name, move || {
                let all = Arc::clone(&all);
                async move {
                    all.wait().await;
                    Ok(1)
                }
            })
        });
        let (_, reports) = run_for(950, collectors.into()).await;
        let fine = |report: &Report| report.iter().filter(|(_, reading)| reading.is_ok()).count();
        let readings = reports.first().map(|(_, report)| fine(report));
        assert!(
            readings == Some(3),
            "three collectors, who answer when all are asked, gave this: {reports:?}"
        );
    });
}

#[test]
fn a_report_is_stored_as_soon_as_all_have_answered() {
    explore::tasks().check(|| async {
        let collectors = vec![reads("cpu", 300, 1), reads("disk", 100, 2)];
        let (_, reports) = run_for(950, collectors).await;
        let expected = vec![("cpu".to_owned(), Ok(1)), ("disk".to_owned(), Ok(2))];
        assert!(
            reports == [(300, expected)],
            "the last of two collectors answered after 300 ms, and stored was {reports:?}"
        );
    });
}

#[test]
fn a_report_is_sorted_by_name() {
    may_leave_tasks().check(|| async {
        let collectors = vec![
            reads("net", 10, 1),
            reads("cpu", 20, 2),
            silent("disk"),
            reads("memory", 5, 3),
        ];
        let (_, reports) = run_for(950, collectors).await;
        let names = reports.first().map(|(_, report)| names(report));
        assert!(
            names == Some(vec!["cpu", "disk", "memory", "net"]),
            "cpu, disk, memory and net stood in the report as {names:?}"
        );
    });
}

#[test]
fn collectors_of_the_same_name_have_an_entry_each() {
    explore::tasks().check(|| async {
        let collectors = vec![reads("disk", 10, 1), reads("cpu", 10, 2), reads("disk", 20, 1)];
        let (_, reports) = run_for(950, collectors).await;
        let names = reports.first().map(|(_, report)| names(report));
        assert!(
            names == Some(vec!["cpu", "disk", "disk"]),
            "one collector is called cpu and two are called disk; they stood in the report as {names:?}"
        );
    });
}

#[test]
fn where_nobody_is_asked_all_have_answered() {
    explore::tasks().check(|| async {
        let (_, reports) = run_for(1500, Vec::new()).await;
        assert!(
            reports == [(0, vec![]), (1000, vec![])],
            "without any collector and with a period of 1000 ms, by 1500 ms was stored: {reports:?}"
        );
    });
}

#[test]
fn who_failed_panicked_or_was_late_is_named() {
    // The report says that it panicked, from wherever the monitor knows it.
    may_leave_tasks().may_lose_panics().check(|| async {
        let collectors = vec![
            reads("cpu", 10, 80),
            Collector::new("disk", || async { Err("no such device".to_owned()) }),
            Collector::new("memory", || async { panic!("the file has no such line") }),
            silent("net"),
        ];
        let (_, reports) = run_for(950, collectors).await;
        let expected = vec![
            ("cpu".to_owned(), Ok(80)),
            (
                "disk".to_owned(),
                Err(Missing::Failed("no such device".to_owned())),
            ),
            ("memory".to_owned(), Err(Missing::Panicked)),
            ("net".to_owned(), Err(Missing::Late)),
        ];
        let stored: Vec<_> = reports.into_iter().map(|(_, report)| report).collect();
        assert!(
            stored == [expected],
            "one read 80, one failed, one panicked and one was silent; stored was {stored:?}"
        );
    });
}

#[test]
fn a_silent_collector_costs_no_other_reading() {
    may_leave_tasks().check(|| async {
        for place in [0, 1, 2] {
            let mut collectors = vec![reads("cpu", 10, 1), reads("disk", 20, 2)];
            collectors.insert(place, silent("memory"));
            let (_, reports) = run_for(950, collectors).await;
            let expected = vec![
                ("cpu".to_owned(), Ok(1)),
                ("disk".to_owned(), Ok(2)),
                ("memory".to_owned(), Err(Missing::Late)),
            ];
            assert!(
                reports == [(900, expected)],
                "memory, number {place} of three collectors, was silent; by 950 ms was stored: \
                 {reports:?}"
            );
        }
    });
}

#[test]
fn a_silent_collector_costs_no_later_cycle() {
    may_leave_tasks().check(|| async {
        let (_, reports) = run_for(2950, vec![silent("cpu"), reads("disk", 10, 2)]).await;
        let stored: Vec<_> = reports.iter().map(|(moment, _)| *moment).collect();
        let disk = ("disk".to_owned(), Ok(2));
        let read = reports.iter().all(|(_, report)| report.contains(&disk));
        assert!(
            stored == [900, 1900, 2900] && read,
            "one of two collectors was silent for three periods of 1000 ms; stored was {reports:?}"
        );
    });
}

#[test]
fn an_answer_counts_until_nine_tenths_of_the_period() {
    may_leave_tasks().check(|| async {
        let collectors = vec![reads("before", 890, 1), reads("behind", 910, 2)];
        let (_, reports) = run_for(950, collectors).await;
        let expected = vec![
            ("before".to_owned(), Ok(1)),
            ("behind".to_owned(), Err(Missing::Late)),
        ];
        assert!(
            reports == [(900, expected)],
            "the answers came after 890 and 910 ms, and stored was {reports:?}"
        );
    });
}

/// A collector that does something after so many milliseconds, and how often it has.
fn writes(takes: u64) -> (Collector, Arc<AtomicUsize>) {
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    let collector = Collector::new("disk", move || {
        let count = Arc::clone(&count);
        async move {
            time::sleep(ms(takes)).await;
            count.fetch_add(1, Ordering::SeqCst);
            Ok(1)
        }
    });
    (collector, written)
}

#[test]
fn a_late_collection_does_nothing_any_more() {
    explore::tasks().bound(2).check(|| async {
        let (collector, written) = writes(950);
        run_for(2500, vec![collector]).await;
        time::sleep(PERIOD * 5).await;
        let written = written.load(Ordering::SeqCst);
        assert!(
            written == 0,
            "collections that went on after the deadline of their cycle, at 900 of 1000 ms: {written}"
        );
    });
}

/// Runs the monitor, whose first storing takes so many milliseconds. When its storings began.
async fn with_a_slow_store(takes: u64, collectors: Vec<Collector>, duration: u64) -> Vec<u128> {
    let log = Log::new();
    let stored = log.clone();
    let mut takes = ms(takes);
    let store = move |_| {
        stored.note(());
        let takes = std::mem::take(&mut takes);
        async move {
            if !takes.is_zero() {
                time::sleep(takes).await;
            }
        }
    };
    let stop = CancellationToken::new();
    let stops = async {
        time::sleep(ms(duration)).await;
        stop.cancel();
    };
    tokio::join!(monitor(collectors, PERIOD, store, stop.clone()), stops);
    log.moments()
}

#[test]
fn a_late_collection_does_nothing_while_its_report_is_stored() {
    explore::tasks().bound(2).check(|| async {
        let (collector, written) = writes(950);
        with_a_slow_store(700, vec![collector], 1550).await;
        let written = written.load(Ordering::SeqCst);
        assert!(
            written == 0,
            "the report was stored from the deadline at 900 ms until 1600 ms. Late collections that \
             went on meanwhile: {written}"
        );
    });
}

#[test]
fn a_cycle_that_begins_late_has_its_time_all_the_same() {
    may_leave_tasks().check(|| async {
        let asked = Log::new();
        let note = asked.clone();
        let collector = Collector::new("cpu", move || {
            note.note(());
            std::future::pending()
        });
        let stored = with_a_slow_store(2600, vec![collector], 6500).await;
        let asked = asked.moments();
        let had: Vec<_> = (asked.iter().zip(&stored))
            .map(|(asked, stored)| stored - asked)
            .collect();
        assert!(
            had.len() > 2 && had.iter().all(|had| *had == 900),
            "with a period of 1000 ms and a first storing of 2600 ms, cycles began at {asked:?} ms, and \
             a silent collector was given up after {had:?} ms"
        );
    });
}

#[test]
fn missed_cycles_are_not_made_up_for() {
    explore::tasks().check(|| async {
        let stored = with_a_slow_store(3500, vec![reads("cpu", 1, 1)], 5500).await;
        let later: Vec<_> = stored.iter().filter(|moment| **moment > 1).collect();
        let at_once = later.iter().filter(|moment| ***moment < 4000).count();
        assert!(
            at_once <= 1,
            "the first storing took until 3501 ms and the others no time: with a period of 1000 \
             ms they began at {stored:?} ms"
        );
    });
}

#[test]
fn after_a_slow_storing_the_cycles_are_due_when_they_were() {
    explore::tasks().check(|| async {
        let stored = with_a_slow_store(3500, vec![reads("cpu", 1, 1)], 5500).await;
        let later: Vec<_> = stored
            .into_iter()
            .filter(|moment| *moment >= 4000)
            .collect();
        assert!(
            later == [4001, 5001],
            "the first storing took until 3501 ms. With a period of 1000 ms and a collector that \
             takes 1 ms, those from 4000 ms on began at {later:?} ms"
        );
    });
}

#[test]
fn while_a_report_is_stored_no_cycle_begins() {
    explore::tasks().check(|| async {
        let storing = Arc::new(AtomicBool::new(false));
        let asked = Arc::new(AtomicUsize::new(0));
        let stored = Arc::new(AtomicUsize::new(0));
        let (busy, early) = (Arc::clone(&storing), Arc::clone(&asked));
        let collector = Collector::new("cpu", move || {
            early.fetch_add(usize::from(busy.load(Ordering::SeqCst)), Ordering::SeqCst);
            std::future::ready(Ok(1))
        });
        let overlaps = Arc::clone(&stored);
        let store = move |_| {
            let storing = Arc::clone(&storing);
            let before = storing.swap(true, Ordering::SeqCst);
            overlaps.fetch_add(usize::from(before), Ordering::SeqCst);
            async move {
                time::sleep(ms(1500)).await;
                storing.store(false, Ordering::SeqCst);
            }
        };
        let stop = CancellationToken::new();
        let stops = async {
            time::sleep(ms(4200)).await;
            stop.cancel();
        };
        tokio::join!(monitor(vec![collector], PERIOD, store, stop.clone()), stops);
        let (asked, stored) = (asked.load(Ordering::SeqCst), stored.load(Ordering::SeqCst));
        assert!(
            asked == 0 && stored == 0,
            "while a report was being stored, {asked} times a collector was asked, and {stored} \
             times another storing began"
        );
    });
}

#[test]
fn stop_lets_a_storing_that_has_begun_finish() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let log = Log::new();
        let stored = log.clone();
        let store = move |_| {
            let stored = stored.clone();
            async move {
                time::sleep(ms(1600)).await;
                stored.note(());
            }
        };
        let stop = CancellationToken::new();
        let stops = async {
            time::sleep(ms(300)).await;
            stop.cancel();
        };
        let collectors = vec![reads("cpu", 100, 1)];
        let (totals, ()) = tokio::join!(monitor(collectors, PERIOD, store, stop.clone()), stops);
        let (took, stored) = (begin.elapsed().as_millis(), log.moments());
        assert!(
            stored == [1700] && took == 1700 && totals.reports == 1,
            "a storing began at 100 ms and took until 1700; it was to stop at 300. Storings ended \
             at {stored:?} ms, and the monitor at {took} ms with {totals:?}"
        );
    });
}

#[test]
fn stop_does_not_wait_for_collections() {
    explore::tasks().bound(2).check(|| async {
        let begin = Instant::now();
        let (collector, written) = writes(800);
        let (totals, reports) = run_for(300, vec![collector, silent("net")]).await;
        let took = begin.elapsed().as_millis();
        assert!(
            took == 300 && reports.is_empty() && totals == Totals::default(),
            "it was to stop at 300 ms, when nobody had answered: it ended at {took} ms with \
             {totals:?}, and stored was {reports:?}"
        );
        time::sleep(PERIOD * 5).await;
        let written = written.load(Ordering::SeqCst);
        assert!(
            written == 0,
            "collections that went on after the monitor had ended: {written}"
        );
    });
}

#[test]
fn stop_does_not_wait_until_the_next_cycle_is_due() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let stop = CancellationToken::new();
        let stops = async {
            time::sleep(ms(1000)).await;
            stop.cancel();
        };
        let (period, store) = (ms(3_600_000), |_| std::future::ready(()));
        let collectors = vec![reads("cpu", 100, 1)];
        let (totals, ()) = tokio::join!(monitor(collectors, period, store, stop.clone()), stops);
        let took = begin.elapsed().as_secs();
        assert!(
            took == 1 && totals.reports == 1,
            "with a period of an hour it was to stop after 1 s: it ended after {took} s with \
             {totals:?}"
        );
    });
}

#[test]
fn no_storing_begins_once_it_is_to_stop() {
    explore::tasks().bound(2).check(|| async {
        let to_stop = Arc::new(AtomicBool::new(false));
        let stored = Arc::new(AtomicUsize::new(0));
        let late = Arc::new(AtomicUsize::new(0));
        let (asked, count, too_late) = (to_stop.clone(), stored.clone(), late.clone());
        let store = move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            let is_late = asked.load(Ordering::SeqCst);
            too_late.fetch_add(usize::from(is_late), Ordering::SeqCst);
            std::future::ready(())
        };
        let stop = CancellationToken::new();
        let stops = stop.clone();
        // In the very moment in which the answer is there.
        let stopper = tokio::spawn(async move {
            time::sleep(ms(500)).await;
            to_stop.store(true, Ordering::SeqCst);
            stops.cancel();
        });
        let totals = monitor(vec![reads("cpu", 500, 1)], PERIOD, store, stop).await;
        stopper.await.expect("it only stops the monitor");
        let (late, stored) = (late.load(Ordering::SeqCst), stored.load(Ordering::SeqCst));
        assert!(
            late == 0,
            "storings that began when it was already to stop: {late}"
        );
        assert!(
            totals.reports == stored,
            "reports that were stored: {stored}, and it returned {totals:?}"
        );
    });
}

#[test]
fn a_monitor_that_is_to_stop_from_the_beginning_stores_nothing() {
    explore::tasks().check(|| async {
        let stored = Log::new();
        let stop = CancellationToken::new();
        stop.cancel();
        let note = stored.clone();
        let store = move |report: Report| {
            note.note(report);
            std::future::ready(())
        };
        let ready = Collector::new("cpu", || std::future::ready(Ok(1)));
        let totals = monitor(vec![ready], PERIOD, store, stop).await;
        let stored = stored.entries();
        assert!(
            stored.is_empty() && totals == Totals::default(),
            "it was to stop from the beginning: stored was {stored:?}, and returned {totals:?}"
        );
    });
}

#[test]
fn a_monitor_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().bound(2).check(|| async {
        let (collector, written) = writes(800);
        let stored = Log::new();
        let stop = CancellationToken::new();
        let note = stored.clone();
        let store = move |report: Report| {
            note.note(report);
            std::future::ready(())
        };
        let watch = monitor(vec![collector], PERIOD, store, stop);
        let ended = time::timeout(ms(300), watch).await;
        assert!(ended.is_err(), "nobody stopped it, and it ended: {ended:?}");
        time::sleep(PERIOD * 5).await;
        let (written, stored) = (written.load(Ordering::SeqCst), stored.entries().len());
        assert!(
            written == 0 && stored == 0,
            "after it was dropped, collections that went on: {written}, reports that were stored: {stored}"
        );
    });
}

#[test]
fn the_totals_say_what_was_stored() {
    explore::tasks().bound(2).check(|| async {
        let broken = || std::future::ready(Err("no such device".to_owned()));
        let collectors = vec![
            reads("cpu", 10, 1),
            reads("memory", 10, 1),
            Collector::new("disk", broken),
        ];
        // The third cycle has begun, and its report is not there.
        let (totals, _) = run_for(2005, collectors).await;
        let expected = Totals {
            reports: 2,
            readings: 4,
            missing: 2,
        };
        assert!(
            totals == expected,
            "two reports were stored, each with 2 readings and a failure: it returned {totals:?}"
        );
    });
}

//! What is asked of the desk, in every order in which the tasks can run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use checkout::{Action, Desk, Failure, Step};
use tokio::sync::Barrier;
use tokio::task::JoinHandle;
use tokio::time::{self, Instant};

/// How long an `undo` may take, in seconds.
const PATIENCE: u64 = 10;

/// Notes when steps begin, and when they are taken back, in seconds from its begin.
#[derive(Clone)]
struct Ledger {
    begin: Instant,
    lines: Arc<Mutex<Vec<String>>>,
    steps: Arc<AtomicUsize>,
    undos: Arc<AtomicUsize>,
}

/// How a step goes.
#[derive(Clone, Copy)]
enum Goes {
    /// It succeeds after so many seconds.
    Well(u64),
    /// It fails after so many seconds.
    Wrong(u64),
    /// It panics after so many seconds.
    Badly(u64),
}
use Goes::{Badly, Well, Wrong};

#[test]
fn a_checkout_that_succeeds_is_not_taken_back() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(2), 1),
            ledger.step("charge", Well(3), 1),
            ledger.step("book", Well(1), 1),
        ];
        let end = desk.checkout(steps).await;
        assert!(end == Ok(()), "three steps succeed, and the end is {end:?}");
        let took = ledger.now();
        assert!(took == 6, "steps of 2, 3 and 1 s took {took} s");
        let end = desk.checkout(Vec::new()).await;
        assert!(end == Ok(()), "there is no step, and the end is {end:?}");
        desk.shutdown().await;
        time::sleep(seconds(60)).await;
        ledger.says(
            &["0 reserve", "2 charge", "5 book"],
            "three steps succeeded, and then came a shutdown",
        );
    });
}

#[test]
fn what_was_done_before_a_failure_is_taken_back_from_the_last_to_the_first() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(2), 3),
            ledger.step("charge", Well(1), 4),
            ledger.step("book", Wrong(1), 1),
            ledger.step("mail", Well(1), 1),
        ];
        let end = desk.checkout(steps).await;
        ledger.says(
            &[
                "0 reserve",
                "2 charge",
                "3 book",
                "4 undo charge",
                "8 undo reserve",
            ],
            "the third of four steps failed after 4 s; to take back the others needs 4 and 3 s",
        );
        let expected = Err(Failure::Failed("book", String::from("no courier")));
        assert!(
            end == expected,
            "the third step failed, and the end is {end:?}"
        );
        let took = ledger.now();
        assert!(
            took == 11,
            "all was taken back after 11 s, and the checkout returned after {took} s"
        );
    });
}

#[test]
fn a_step_that_panicked_is_taken_back_too() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(2), 1),
            ledger.step("charge", Badly(1), 1),
            ledger.step("book", Well(1), 1),
        ];
        let end = desk.checkout(steps).await;
        ledger.says(
            &["0 reserve", "2 charge", "3 undo charge", "4 undo reserve"],
            "the second of three steps panicked after 3 s",
        );
        assert!(
            end == Err(Failure::Panicked("charge")),
            "the second step panicked, and the end is {end:?}"
        );
    });
}

#[test]
fn a_checkout_that_is_dropped_is_taken_back() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(2), 3),
            ledger.step("charge", Well(5), 1),
            ledger.step("book", Well(1), 1),
        ];
        let dropped = time::timeout(seconds(4), desk.checkout(steps)).await;
        assert!(
            dropped.is_err(),
            "steps of 2, 5 and 1 s were over after 4 s"
        );
        time::sleep(seconds(60)).await;
        ledger.says(
            &["0 reserve", "2 charge", "4 undo charge", "5 undo reserve"],
            "dropped after 4 s, while the second of three steps ran",
        );
        ledger.ends_undone();
    });
}

#[test]
fn a_checkout_that_is_dropped_while_it_is_taken_back_is_taken_back_once() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(1), 4),
            ledger.step("charge", Well(1), 4),
            ledger.step("book", Wrong(1), 1),
        ];
        let dropped = time::timeout(seconds(5), desk.checkout(steps)).await;
        assert!(
            dropped.is_err(),
            "to take back needs 8 s, and it was over after 2 s"
        );
        time::sleep(seconds(60)).await;
        ledger.says(
            &[
                "0 reserve",
                "1 charge",
                "2 book",
                "3 undo charge",
                "7 undo reserve",
            ],
            "the third step failed after 3 s, to take back needs 4 s each, dropped after 5 s",
        );
        ledger.ends_undone();
    });
}

#[test]
fn a_checkout_that_nobody_has_polled_has_done_nothing() {
    explore::tasks().check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        drop(desk.checkout(vec![ledger.step("reserve", Well(1), 1)]));
        time::sleep(seconds(60)).await;
        ledger.says(&[], "a checkout was dropped before anybody polled it");
    });
}

#[test]
fn what_has_not_begun_when_a_checkout_is_dropped_is_not_taken_back() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(1), 1),
            ledger.step("charge", Well(1), 1),
        ];
        tokio::select! {
            biased;
            end = desk.checkout(steps) => panic!("steps of 1 s were over at once: {end:?}"),
            () = async {} => {}
        }
        time::sleep(seconds(60)).await;
        ledger.undoes_only_what_has_begun("polled once and dropped");
        ledger.ends_undone();
    });
}

#[test]
fn what_has_not_begun_at_a_shutdown_is_not_taken_back() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (Arc::new(open()), Ledger::new());
        let early = checkout(&desk, vec![ledger.step("reserve", Well(1), 1)]);
        desk.shutdown().await;
        let end = early.await.expect("a checkout does not panic");
        assert!(
            end == Err(Failure::Closed),
            "shut down before its first step of 1 s was over, and the end is {end:?}"
        );
        ledger.undoes_only_what_has_begun("shut down as soon as the checkout was called");
        ledger.ends_undone();
    });
}

#[test]
fn a_checkout_that_is_dropped_at_its_end_is_done_or_taken_back() {
    explore::tasks().check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(2), 1),
            ledger.step("charge", Well(2), 1),
        ];
        let ended = time::timeout(seconds(4), desk.checkout(steps)).await;
        time::sleep(seconds(60)).await;
        let noted = ledger.lines.lock().unwrap().len() - 2;
        assert!(
            noted == 0 || (ended.is_err() && noted == 2),
            "two steps of 2 s, dropped after 4 s unless it was over: the caller was told {ended:?}, and \
             {noted} steps were taken back"
        );
    });
}

#[test]
fn each_undo_has_patience_for_itself() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(1), 8),
            ledger.step("charge", Well(1), 60),
            ledger.step("pack", Well(1), 8),
            ledger.step("book", Wrong(1), 1),
        ];
        let end = desk.checkout(steps).await;
        let expected = Err(Failure::Failed("book", String::from("no courier")));
        assert!(
            end == expected,
            "the last step failed, and the end is {end:?}"
        );
        ledger.says(
            &[
                "0 reserve",
                "1 charge",
                "2 pack",
                "3 book",
                "4 undo pack",
                "12 undo charge",
                "22 undo reserve",
            ],
            "failed after 4 s; to take back would need 8, 60 and 8 s, and may take 10 s each",
        );
        let took = ledger.now();
        assert!(
            took == 30,
            "all was taken back or given up after 30 s, and the checkout returned after {took} s"
        );
    });
}

#[test]
fn an_undo_that_panics_keeps_no_other_from_being_run() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let bad: Action<()> = Box::pin(async { panic!("no such charge") });
        let steps = vec![
            ledger.step("reserve", Well(1), 1),
            Step {
                undo: bad,
                ..ledger.step("charge", Well(1), 1)
            },
            ledger.step("book", Wrong(1), 1),
        ];
        let end = desk.checkout(steps).await;
        ledger.says(
            &["0 reserve", "1 charge", "2 book", "3 undo reserve"],
            "the third step failed, and to take back the second one panicked",
        );
        let expected = Err(Failure::Failed("book", String::from("no courier")));
        assert!(
            end == expected,
            "the third step failed, and the end is {end:?}"
        );
    });
}

#[test]
fn checkouts_do_not_wait_for_each_other() {
    explore::tasks().bound(2).check(|| async {
        let (desk, both) = (Arc::new(open()), Arc::new(Barrier::new(2)));
        let checkouts = [(), ()].map(|()| {
            let both = Arc::clone(&both);
            let meet = Step {
                name: "meet",
                run: Box::pin(async move {
                    both.wait().await;
                    Ok(())
                }),
                undo: Box::pin(async {}),
            };
            checkout(&desk, vec![meet])
        });
        for checkout in checkouts {
            let end = time::timeout(seconds(60), checkout).await;
            let Ok(end) = end else {
                panic!("each of two checkouts needs the other one to run, and they do not end");
            };
            assert_eq!(end.expect("a checkout does not panic"), Ok(()));
        }
    });
}

#[test]
fn shutdown_takes_back_what_is_underway() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (Arc::new(open()), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(2), 3),
            ledger.step("charge", Well(5), 1),
            ledger.step("book", Well(1), 1),
        ];
        let underway = checkout(&desk, steps);
        time::sleep(seconds(4)).await;
        desk.shutdown().await;
        ledger.says(
            &["0 reserve", "2 charge", "4 undo charge", "5 undo reserve"],
            "shut down after 4 s, while the second of three steps ran",
        );
        ledger.ends_undone();
        let took = ledger.now();
        assert!(
            took == 8,
            "all was taken back after 8 s, and shutdown returned after {took} s"
        );
        let end = underway.await.expect("a checkout does not panic");
        assert!(
            end == Err(Failure::Closed),
            "shut down while it was underway, and the end is {end:?}"
        );
    });
}

#[test]
fn shutdown_waits_for_what_a_caller_has_left_behind() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(1), 6),
            ledger.step("charge", Well(9), 2),
        ];
        let dropped = time::timeout(seconds(2), desk.checkout(steps)).await;
        assert!(dropped.is_err(), "steps of 1 and 9 s were over after 2 s");
        desk.shutdown().await;
        ledger.ends_undone();
        let took = ledger.now();
        assert!(
            took == 10,
            "dropped after 2 s, 8 s to take back, and shutdown returned after {took} s"
        );
        ledger.says(
            &["0 reserve", "1 charge", "2 undo charge", "4 undo reserve"],
            "dropped after 2 s, and then shut down",
        );
    });
}

#[test]
fn a_shutdown_cuts_no_taking_back_short() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (Arc::new(open()), Ledger::new());
        let steps = vec![ledger.step("reserve", Well(1), 6), ledger.step("charge", Wrong(1), 1)];
        let failing = checkout(&desk, steps);
        time::sleep(seconds(4)).await;
        desk.shutdown().await;
        ledger.ends_undone();
        let took = ledger.now();
        assert!(
            took == 8,
            "failed after 2 s, 6 s to take back, shutdown called after 4 s and returned after {took} s"
        );
        ledger.says(
            &["0 reserve", "1 charge", "2 undo reserve"],
            "failed after 2 s, and shut down after 4 s",
        );
        let end = failing.await.expect("a checkout does not panic");
        let expected = Err(Failure::Failed("charge", String::from("no courier")));
        assert!(
            end == expected,
            "a step had failed before the shutdown, and the end is {end:?}"
        );
    });
}

#[test]
fn after_a_shutdown_no_step_begins() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        desk.shutdown().await;
        assert!(
            ledger.now() == 0,
            "there was nothing to take back, and shutdown took a while"
        );
        let end = desk
            .checkout(vec![ledger.step("reserve", Well(1), 1)])
            .await;
        assert!(
            end == Err(Failure::Closed),
            "a checkout after the shutdown ended as {end:?}"
        );
        ledger.says(&[], "the desk was shut down before");
    });
}

#[test]
fn every_call_of_shutdown_waits_also_after_one_that_was_dropped() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (Arc::new(open()), Ledger::new());
        let underway = checkout(&desk, vec![ledger.step("reserve", Well(9), 5)]);
        time::sleep(seconds(1)).await;
        let dropped = time::timeout(seconds(1), desk.shutdown()).await;
        assert!(
            dropped.is_err(),
            "to take back needs 5 s, and shutdown returned after 1 s"
        );
        let end = desk.checkout(vec![ledger.step("late", Well(1), 1)]).await;
        assert!(
            end == Err(Failure::Closed),
            "a shutdown had begun, and a checkout ended as {end:?}"
        );
        let calls = [(), ()].map(|()| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move { desk.shutdown().await })
        });
        for call in calls {
            call.await.expect("shutdown does not panic");
            let took = ledger.now();
            assert!(
                took == 6,
                "shut down after 1 s, 5 s to take back: a later call returned after {took} s"
            );
        }
        ledger.says(&["0 reserve", "1 undo reserve"], "shut down after 1 s");
        assert!(underway.await.is_ok(), "the checkout panicked");
    });
}

#[test]
fn a_desk_that_is_dropped_cuts_no_taking_back_short() {
    explore::tasks().bound(2).check(|| async {
        let (desk, ledger) = (open(), Ledger::new());
        let steps = vec![
            ledger.step("reserve", Well(1), 3),
            ledger.step("charge", Well(9), 4),
        ];
        let dropped = time::timeout(seconds(2), desk.checkout(steps)).await;
        assert!(dropped.is_err(), "steps of 1 and 9 s were over after 2 s");
        time::sleep(seconds(1)).await;
        drop(desk);
        time::sleep(seconds(60)).await;
        ledger.says(
            &["0 reserve", "1 charge", "2 undo charge", "6 undo reserve"],
            "the checkout was dropped after 2 s, and the desk after 3 s",
        );
        ledger.ends_undone();
    });
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn open() -> Desk {
    Desk::open(seconds(PATIENCE))
}

/// A checkout in a task.
fn checkout(desk: &Arc<Desk>, steps: Vec<Step>) -> JoinHandle<Result<(), Failure>> {
    let desk = Arc::clone(desk);
    tokio::spawn(async move { desk.checkout(steps).await })
}

impl Ledger {
    fn new() -> Self {
        Self {
            begin: Instant::now(),
            lines: Arc::default(),
            steps: Arc::default(),
            undos: Arc::default(),
        }
    }

    fn now(&self) -> u64 {
        self.begin.elapsed().as_secs()
    }

    fn note(&self, what: &str) {
        let line = format!("{} {what}", self.now());
        self.lines.lock().unwrap().push(line);
    }

    /// A step that is noted; to take it back needs `undo` seconds.
    fn step(&self, name: &'static str, goes: Goes, undo: u64) -> Step {
        let (ledger, undoing) = (self.clone(), self.clone());
        Step {
            name,
            run: Box::pin(async move {
                ledger.note(name);
                let _running = Counted::new(&ledger.steps);
                match goes {
                    Well(needs) => {
                        time::sleep(seconds(needs)).await;
                        Ok(())
                    }
                    Wrong(needs) => {
                        time::sleep(seconds(needs)).await;
                        Err(String::from("no courier"))
                    }
                    Badly(needs) => {
                        time::sleep(seconds(needs)).await;
                        panic!("a bad card")
                    }
                }
            }),
            undo: Box::pin(async move {
                undoing.note(&format!("undo {name}"));
                let steps = undoing.steps.load(Ordering::SeqCst);
                if steps > 0 {
                    undoing.note("(while a step still runs)");
                }
                let others = undoing.undos.load(Ordering::SeqCst);
                if others > 0 {
                    undoing.note("(while another undo runs)");
                }
                let _running = Counted::new(&undoing.undos);
                time::sleep(seconds(undo)).await;
            }),
        }
    }

    #[track_caller]
    fn says(&self, expected: &[&str], why: &str) {
        let noted = self.lines.lock().unwrap().clone();
        assert!(
            noted == expected,
            "{why}: expected {expected:?}, noted {noted:?}"
        );
    }

    /// Each undo has its step, and each step its undo.
    #[track_caller]
    fn undoes_only_what_has_begun(&self, when: &str) {
        let noted = self.lines.lock().unwrap().clone();
        let (undos, steps): (Vec<&str>, Vec<&str>) = noted
            .iter()
            .filter_map(|line| Some(line.split_once(' ')?.1))
            .partition(|what| what.starts_with("undo "));
        let expected: Vec<_> = steps
            .iter()
            .rev()
            .map(|step| format!("undo {step}"))
            .collect();
        assert!(
            undos == expected,
            "{when}: the steps {steps:?} had begun, and what was taken back is {undos:?}"
        );
    }

    #[track_caller]
    fn ends_undone(&self) {
        let undos = self.undos.load(Ordering::SeqCst);
        assert!(undos == 0, "at the end, undos that still run: {undos}");
    }
}

/// Counts what is there.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

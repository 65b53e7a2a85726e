//! What is asked of the group, in every order in which the threads can run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use wait_group::WaitGroup;

const PATIENCE: Duration = Duration::from_secs(5);

#[test]
fn a_wait_for_nothing_returns_at_once() {
    explore::threads().check(|| {
        let begin = Instant::now();
        let group = WaitGroup::new();
        group.wait();
        assert!(group.wait_timeout(PATIENCE), "nothing was ever added");
        drop(group.add());
        group.wait();
        assert!(group.wait_timeout(PATIENCE), "the only ticket was dropped");
        let took = begin.elapsed();
        assert!(took.is_zero(), "four waits for nothing took {took:?}");
    });
}

#[test]
fn a_wait_returns_when_the_last_ticket_is_dropped() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let ticket = group.add();
        let worker = thread::spawn(move || drop(ticket));
        group.wait();
        worker.join().unwrap();
    });
}

#[test]
fn no_wait_returns_while_a_ticket_is_outstanding() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let over = Arc::new(AtomicBool::new(false));
        let (label, parcel, truck) = (group.add(), group.add(), Arc::clone(&over));
        let worker = thread::spawn(move || {
            drop(label);
            truck.store(true, Ordering::SeqCst);
            drop(parcel);
        });
        group.wait();
        let over = over.load(Ordering::SeqCst);
        assert!(over, "the wait was over while 1 of 2 tickets was held");
        worker.join().unwrap();
    });
}

#[test]
fn every_thread_that_waits_returns_and_none_too_early() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let over = AtomicBool::new(false);
        let ticket = group.add();
        let wait = || {
            group.wait();
            over.load(Ordering::SeqCst)
        };
        let waits = thread::scope(|scope| {
            let waiters = [scope.spawn(wait), scope.spawn(wait)];
            over.store(true, Ordering::SeqCst);
            drop(ticket);
            waiters.map(|waiter| waiter.join().unwrap())
        });
        let late = waits.iter().filter(|saw_the_end| **saw_the_end).count();
        assert!(
            late == 2,
            "{late} of 2 threads waited until the end of the work"
        );
    });
}

#[test]
fn work_can_start_work_while_others_wait() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let over = Arc::new(AtomicBool::new(false));
        let (ticket, printed) = (group.add(), Arc::clone(&over));
        let order = thread::spawn(move || {
            let further = ticket.clone();
            let invoice = thread::spawn(move || {
                printed.store(true, Ordering::SeqCst);
                drop(further);
            });
            drop(ticket);
            invoice.join().unwrap();
        });
        group.wait();
        let over = over.load(Ordering::SeqCst);
        assert!(over, "the wait was over while a clone of a ticket was held");
        order.join().unwrap();
    });
}

#[test]
fn a_ticket_may_be_added_while_others_wait() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let first = group.add();
        thread::scope(|scope| {
            scope.spawn(|| group.wait());
            let second = group.add();
            drop(first);
            drop(second);
        });
    });
}

#[test]
fn each_ticket_counts_although_others_come_and_go_at_the_same_time() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let (label, parcel) = (group.add(), group.add());
        let worker = thread::spawn(move || drop(label));
        let held = [parcel.clone(), group.add(), parcel];
        worker.join().unwrap();
        let over = group.wait_timeout(PATIENCE);
        assert!(!over, "3 tickets are held, and the work is said to be over");
        drop(held);
        let over = group.wait_timeout(PATIENCE);
        assert!(over, "of 4 tickets none is held, and one is awaited still");
    });
}

#[test]
fn a_panic_and_an_early_return_end_the_work() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let (ticket, other) = (group.add(), group.add());
        let panicked = catch_unwind(AssertUnwindSafe(move || {
            let _ticket = ticket;
            panic!("the printer is on fire");
        }));
        assert!(panicked.is_err());
        let parse = move |number: &str| {
            let _ticket = other;
            number.parse::<u32>()
        };
        assert!(parse("twelve").is_err());
        let over = group.wait_timeout(PATIENCE);
        assert!(
            over,
            "of a panic and an early return, at least one is awaited still"
        );
    });
}

#[test]
fn a_second_batch_is_waited_for_like_the_first() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let printed = Arc::new(AtomicU32::new(0));
        for batch in 1..=2 {
            let (ticket, count) = (group.add(), Arc::clone(&printed));
            let printer = thread::spawn(move || {
                count.fetch_add(1, Ordering::SeqCst);
                drop(ticket);
            });
            group.wait();
            let printed = printed.load(Ordering::SeqCst);
            assert!(
                printed == batch,
                "{printed} batches were printed when the wait for batch {batch} was over"
            );
            printer.join().unwrap();
        }
    });
}

#[test]
fn what_was_done_is_visible_to_whoever_waited() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let pages = Arc::new(AtomicU32::new(0));
        let (ticket, other) = (group.add(), group.add());
        let count = Arc::clone(&pages);
        let printer = thread::spawn(move || {
            count.store(40, Ordering::Relaxed);
            drop(ticket);
        });
        drop(other);
        group.wait();
        let pages = pages.load(Ordering::Relaxed);
        assert!(pages == 40, "40 pages were printed, and {pages} are seen");
        printer.join().unwrap();
    });
}

#[test]
fn a_wait_gives_up_when_its_patience_is_over_and_not_before() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let ticket = group.add();
        let begin = Instant::now();
        let over = group.wait_timeout(PATIENCE);
        let took = begin.elapsed();
        assert!(!over, "a ticket is held, and the work is said to be over");
        assert!(
            took == PATIENCE,
            "with a patience of {PATIENCE:?}, the wait was given up after {took:?}"
        );
        drop(ticket);
        assert!(group.wait_timeout(PATIENCE), "no ticket is held any more");
    });
}

#[test]
fn a_wait_with_patience_tells_whether_the_work_is_over() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let over = Arc::new(AtomicBool::new(false));
        let (ticket, printed) = (group.add(), Arc::clone(&over));
        let begin = Instant::now();
        let printer = thread::spawn(move || {
            printed.store(true, Ordering::SeqCst);
            drop(ticket);
        });
        let told = group.wait_timeout(PATIENCE);
        let (over, took) = (over.load(Ordering::SeqCst), begin.elapsed());
        assert!(over || !told, "the wait was over, and the work was not");
        assert!(
            told || took >= PATIENCE,
            "of a patience of {PATIENCE:?}, the wait was given up after {took:?}"
        );
        printer.join().unwrap();
    });
}

#[test]
fn new_work_does_not_make_a_wait_give_up_early() {
    explore::threads().check(|| {
        let group = WaitGroup::new();
        let ticket = group.add();
        thread::scope(|scope| {
            let printer = scope.spawn(|| {
                drop(ticket);
                group.add()
            });
            let begin = Instant::now();
            let told = group.wait_timeout(PATIENCE);
            let took = begin.elapsed();
            assert!(
                told || took >= PATIENCE,
                "of a patience of {PATIENCE:?}, the wait was given up after {took:?}"
            );
            drop(printer.join().unwrap());
        });
    });
}

/// No thread is held up while others run: only so can time be asked for.
fn threads_that_are_never_held_up() -> explore::Threads {
    explore::threads().bound(0)
}

#[test]
fn a_wait_with_patience_returns_as_soon_as_the_work_is_over() {
    threads_that_are_never_held_up().check(|| {
        let group = WaitGroup::new();
        let ticket = group.add();
        let begin = Instant::now();
        let printer = thread::spawn(move || {
            thread::sleep(Duration::from_secs(2));
            drop(ticket);
        });
        let over = group.wait_timeout(PATIENCE);
        let took = begin.elapsed();
        assert!(
            over,
            "the work took 2 s of {PATIENCE:?}, and was not awaited"
        );
        assert!(
            took == Duration::from_secs(2),
            "the work took 2 s, and the wait {took:?}"
        );
        printer.join().unwrap();
    });
}

#[test]
fn other_tickets_do_not_prolong_a_patience() {
    threads_that_are_never_held_up().check(|| {
        let group = WaitGroup::new();
        let (held, ticket) = (group.add(), group.add());
        let begin = Instant::now();
        let printer = thread::spawn(move || {
            thread::sleep(Duration::from_secs(3));
            drop(ticket);
        });
        let over = group.wait_timeout(PATIENCE);
        let took = begin.elapsed();
        assert!(!over, "a ticket is held, and the work is said to be over");
        assert!(
            took == PATIENCE,
            "with a patience of {PATIENCE:?}, the wait was given up after {took:?}"
        );
        drop(held);
        printer.join().unwrap();
    });
}

#[test]
fn whoever_waits_sleeps_and_does_not_poll() {
    // A thread that sleeps for ever may be left behind; one that looks again and again may not.
    explore::threads().may_leave_threads().check(|| {
        let group = WaitGroup::new();
        std::mem::forget(group.add());
        thread::spawn(move || group.wait());
    });
}

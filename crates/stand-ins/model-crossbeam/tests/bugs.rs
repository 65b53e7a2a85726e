//! Programs that are wrong, each found for the reason it states.

extern crate model_crossbeam as crossbeam;

use std::time::Duration;

use crossbeam::channel::{after, bounded, select, unbounded};
use crossbeam::sync::WaitGroup;
use explore::FailureKind;
use model_std::thread;

#[test]
fn a_kept_sender_keeps_the_workers_waiting() {
    let verdict = explore::threads().explore(|| {
        let (jobs, inbox) = unbounded();
        for _ in 0..2 {
            let inbox = inbox.clone();
            thread::spawn(move || inbox.iter().sum::<i32>());
        }
        jobs.send(1).unwrap();
        std::mem::forget(jobs);
    });
    verdict.expect_failure(FailureKind::LeftBehind);
    assert_eq!(verdict.schedules(), 1, "{verdict}");
    let text = verdict.to_string();
    let why = "waits for a message in jobs (the sender that main made";
    assert!(
        text.contains("main is over, and T1 and T2 can never end"),
        "{text}"
    );
    assert!(
        text.replace(['\n', ' ', '┊', '│'], "")
            .contains(&why.replace(' ', "")),
        "{text}"
    );
}

#[test]
fn one_thread_left_behind_says_why() {
    let verdict = explore::threads().explore(|| {
        let (jobs, inbox) = unbounded::<i32>();
        thread::spawn(move || inbox.iter().sum::<i32>());
        std::mem::forget(jobs);
    });
    verdict.expect_failure(FailureKind::LeftBehind);
    let message = &verdict.failure().unwrap().message;
    let expected = "main is over, and T1 can never end: it waits for a message in jobs, and the \
                    sender that main made at line 41 is still there";
    assert_eq!(message, expected);
}

#[test]
fn two_rendezvous_wait_for_each_other() {
    let verdict = explore::threads().explore(|| {
        let (left, from_left) = bounded(0);
        let (right, from_right) = bounded(0);
        let other = thread::spawn(move || {
            right.send(1).unwrap();
            from_left.recv().unwrap()
        });
        left.send(2).unwrap();
        assert_eq!(from_right.recv(), Ok(1));
        assert_eq!(other.join().unwrap(), 2);
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert_eq!(verdict.schedules(), 1, "{verdict}");
}

#[test]
fn a_select_that_ignores_closed_channels_spins() {
    let verdict = explore::threads().explore(|| {
        let (a, from_a) = unbounded::<i32>();
        let (b, from_b) = unbounded::<i32>();
        thread::spawn(move || a.send(1).unwrap());
        thread::spawn(move || b.send(2).unwrap());
        let mut total = 0;
        while total < 4 {
            select! {
                recv(from_a) -> job => total += job.unwrap_or(0),
                recv(from_b) -> job => total += job.unwrap_or(0),
            }
        }
    });
    verdict.expect_failure(FailureKind::Livelock);
}

#[test]
fn a_closed_arm_does_not_hide_the_other() {
    let verdict = explore::threads().explore(|| {
        let (done, stopped) = unbounded::<()>();
        let (jobs, inbox) = unbounded::<i32>();
        thread::spawn(move || (1..3).for_each(|job| jobs.send(job).unwrap()));
        drop(done);
        let mut total = 0;
        loop {
            select! {
                recv(stopped) -> _ => {}
                recv(inbox) -> job => match job {
                    Ok(job) => total += job,
                    Err(_) => break,
                },
            }
        }
        assert_eq!(total, 3);
    });
    verdict.expect_pass();
}

#[test]
fn a_kept_member_of_a_group_blocks_its_wait() {
    let verdict = explore::threads().explore(|| {
        let group = WaitGroup::new();
        let kept = group.clone();
        let member = group.clone();
        thread::spawn(move || drop(member));
        group.wait();
        drop(kept);
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert_eq!(verdict.schedules(), 1, "{verdict}");
    let message = &verdict.failure().unwrap().message;
    assert_eq!(
        message,
        "main waits for group, and the member that main made at line 113 is still there"
    );
}

#[test]
fn select_may_take_either_of_two() {
    for wanted in [1, 2] {
        let verdict = explore::threads().bound(0).explore(move || {
            let (a, from_a) = unbounded();
            let (b, from_b) = unbounded();
            a.send(1).unwrap();
            b.send(2).unwrap();
            let got = select! {
                recv(from_a) -> it => it.unwrap(),
                recv(from_b) -> it => it.unwrap(),
            };
            assert_eq!(got, wanted);
        });
        verdict.expect_failure(FailureKind::Panicked);
        assert!(verdict.schedules() <= 2, "{verdict}");
    }
}

#[test]
fn a_timeout_may_come_before_an_answer_and_after_it() {
    for late in [true, false] {
        let verdict = explore::threads().explore(move || {
            let (answer, inbox) = bounded(0);
            thread::spawn(move || {
                let _ = answer.send(1);
            });
            let is_late = select! {
                recv(inbox) -> _ => false,
                recv(after(Duration::from_millis(10))) -> _ => true,
            };
            assert_ne!(is_late, late);
        });
        verdict.expect_failure(FailureKind::Panicked);
        assert!(verdict.schedules() <= 10, "{verdict}");
    }
}

#[test]
fn a_member_that_leaves_too_early_lets_the_others_go_on() {
    let verdict = explore::threads().explore(|| {
        let group = WaitGroup::new();
        let (done, inbox) = unbounded();
        let member = group.clone();
        thread::spawn(move || {
            drop(member);
            done.send(()).unwrap();
        });
        group.wait();
        assert!(inbox.try_recv().is_ok(), "the work is not done");
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

#[test]
fn a_sender_that_is_not_yet_dropped_keeps_the_channel_open() {
    let verdict = explore::threads().explore(|| {
        let (jobs, inbox) = unbounded();
        let (done, finished) = unbounded();
        let theirs = jobs.clone();
        let worker = thread::spawn(move || {
            theirs.send(1).unwrap();
            done.send(()).unwrap();
        });
        drop(jobs);
        finished.recv().unwrap();
        assert_eq!(inbox.try_recv(), Ok(1));
        let closed = crossbeam::channel::TryRecvError::Disconnected;
        assert_eq!(
            inbox.try_recv(),
            Err(closed),
            "the worker has not dropped its sender"
        );
        worker.join().unwrap();
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

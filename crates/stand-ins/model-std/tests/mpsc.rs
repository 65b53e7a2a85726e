//! Channels of `std`, in programs whose outcomes a person can list.

use explore::FailureKind;
use model_std::sync::mpsc::{self, Receiver, SendError, SyncSender, TryRecvError};
use model_std::thread;

#[test]
fn a_kept_sender_leaves_the_receiver_waiting() {
    let verdict = explore::threads().explore(|| {
        let (jobs, inbox) = mpsc::channel();
        let workers: Vec<_> = (0..2)
            .map(|id| {
                let jobs = jobs.clone();
                thread::spawn(move || jobs.send(id).unwrap())
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
        let total: i32 = inbox.iter().sum();
        drop(jobs);
        assert_eq!(total, 1);
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    assert_eq!(verdict.schedules(), 1, "{verdict}");
    let message = &verdict.failure().unwrap().message;
    assert_eq!(
        message,
        "main waits for a message in jobs, and the sender that main made at line 10 is still there"
    );
}

#[test]
fn messages_of_one_sender_keep_their_order() {
    explore::threads().check(|| {
        let (jobs, inbox) = mpsc::channel();
        let worker = thread::spawn(move || {
            for job in 0..3 {
                jobs.send(job).unwrap();
            }
        });
        let got: Vec<i32> = inbox.into_iter().collect();
        assert_eq!(got, [0, 1, 2]);
        worker.join().unwrap();
    });
}

#[test]
fn what_was_sent_is_received_before_the_end() {
    explore::threads().check(|| {
        let (jobs, inbox) = mpsc::channel();
        jobs.send(1).unwrap();
        jobs.send(2).unwrap();
        drop(jobs);
        assert_eq!(inbox.recv(), Ok(1));
        assert_eq!(inbox.try_recv(), Ok(2));
        assert_eq!(inbox.try_recv(), Err(TryRecvError::Disconnected));
        assert!(inbox.recv().is_err());
    });
}

#[test]
fn two_full_channels_wait_for_each_other() {
    let verdict = explore::threads().explore(|| {
        let (requests, inbox): (SyncSender<u64>, Receiver<u64>) = mpsc::sync_channel(1);
        let (outbox, invoices) = mpsc::sync_channel(1);
        thread::spawn(move || {
            for pieces in inbox {
                outbox.send(pieces * 250).unwrap();
            }
        });
        for order in 1..=4 {
            requests.send(order).unwrap();
        }
        drop(requests);
        assert_eq!(invoices.iter().count(), 4);
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(verdict.schedules() <= 2, "{verdict}");
}

#[test]
fn a_rendezvous_without_a_partner_waits() {
    let verdict = explore::threads().explore(|| {
        let (handoff, inbox) = mpsc::sync_channel(0);
        handoff.send(1).unwrap();
        assert_eq!(inbox.recv(), Ok(1));
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    assert_eq!(verdict.schedules(), 1);
}

#[test]
fn a_send_after_the_receiver_is_gone_gives_the_message_back() {
    explore::threads().check(|| {
        let (jobs, inbox) = mpsc::channel();
        drop(inbox);
        assert_eq!(jobs.send(7), Err(SendError(7)));
    });
}

#[test]
fn a_rendezvous_send_ends_with_the_receiver() {
    explore::threads().check(|| {
        let (handoff, inbox) = mpsc::sync_channel::<i32>(0);
        let sender = thread::spawn(move || handoff.send(1));
        drop(inbox);
        assert_eq!(sender.join().unwrap(), Err(SendError(1)));
    });
}

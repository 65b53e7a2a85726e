//! Channels of `std`.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::threads::{join, programs};

programs![
    kept_sender,
    last_sender_goes,
    rendezvous,
    rendezvous_with_oneself,
    both_send_first,
    both_full,
    pool_that_shuts_down,
    pool_that_is_not_told,
    lock_held_while_receiving,
    first_answer_is_from_the_first,
    looked_too_early,
    receiver_is_gone,
];

/// The receiver waits for the end of messages, which its own sender prevents.
pub fn kept_sender() {
    let (sender, receiver) = mpsc::channel();
    let theirs = sender.clone();
    let worker = thread::spawn(move || theirs.send(1).unwrap());
    let sum: i32 = receiver.iter().sum();
    worker.join().unwrap();
    drop(sender);
    assert_eq!(sum, 1);
}

/// The messages end when the last sender goes.
pub fn last_sender_goes() {
    let (sender, receiver) = mpsc::channel();
    let workers =
        [sender.clone(), sender].map(|sender| thread::spawn(move || sender.send(1).unwrap()));
    let sum: i32 = receiver.iter().sum();
    join(workers);
    assert_eq!(sum, 2);
}

/// A send and a receipt that wait for each other.
pub fn rendezvous() {
    let (sender, receiver) = mpsc::sync_channel(0);
    let worker = thread::spawn(move || sender.send(7).unwrap());
    assert_eq!(receiver.recv(), Ok(7));
    worker.join().unwrap();
}

/// Sends before there can be anybody to receive.
pub fn rendezvous_with_oneself() {
    let (sender, receiver) = mpsc::sync_channel(0);
    sender.send(7).unwrap();
    assert_eq!(receiver.recv(), Ok(7));
}

fn exchange(capacity: usize, messages: usize) {
    let (to_worker, from_main) = mpsc::sync_channel(capacity);
    let (to_main, from_worker) = mpsc::sync_channel(capacity);
    let worker = thread::spawn(move || {
        for i in 0..messages {
            to_main.send(i).unwrap();
        }
        from_main.iter().count()
    });
    for i in 0..messages {
        to_worker.send(i).unwrap();
    }
    drop(to_worker);
    assert_eq!(from_worker.iter().count(), messages);
    assert_eq!(worker.join().unwrap(), messages);
}

/// Without a buffer, two who send first wait for each other.
pub fn both_send_first() {
    exchange(0, 1);
}

/// With a buffer, they do so when it is full.
pub fn both_full() {
    exchange(1, 2);
}

fn serve(jobs: Receiver<u32>, answers: Sender<u32>) {
    let jobs = Arc::new(Mutex::new(jobs));
    join((0..2).map(|_| {
        let (jobs, answers) = (jobs.clone(), answers.clone());
        thread::spawn(move || {
            loop {
                let job = jobs.lock().unwrap().recv();
                let Ok(job) = job else { return };
                answers.send(job * 10).unwrap();
            }
        })
    }));
}

/// Two workers share a queue of jobs and end when it is closed.
pub fn pool_that_shuts_down() {
    let ((sender, jobs), (answers, receiver)) = (mpsc::channel(), mpsc::channel());
    for job in [1, 2] {
        sender.send(job).unwrap();
    }
    drop(sender);
    serve(jobs, answers);
    assert_eq!(receiver.iter().sum::<u32>(), 30);
}

/// The queue is never closed.
pub fn pool_that_is_not_told() {
    let ((sender, jobs), (answers, receiver)) = (mpsc::channel(), mpsc::channel());
    for job in [1, 2] {
        sender.send(job).unwrap();
    }
    serve(jobs, answers);
    drop(sender);
    assert_eq!(receiver.iter().sum::<u32>(), 30);
}

/// Holds the lock while it waits for a message that needs the lock to be sent.
pub fn lock_held_while_receiving() {
    let (sender, receiver) = mpsc::channel();
    let total = Arc::new(Mutex::new(0));
    let theirs = total.clone();
    let worker = thread::spawn(move || {
        let total = theirs.lock().unwrap();
        sender.send(*total).unwrap();
    });
    {
        let mut total = total.lock().unwrap();
        *total += receiver.recv().unwrap();
    }
    worker.join().unwrap();
}

/// Takes the order of answers for the order of questions.
pub fn first_answer_is_from_the_first() {
    let (sender, receiver) = mpsc::channel();
    let workers = [(1, sender.clone()), (2, sender)]
        .map(|(name, sender)| thread::spawn(move || sender.send(name).unwrap()));
    assert_eq!(receiver.recv(), Ok(1));
    join(workers);
}

/// Looks once, and takes "not yet" for "never".
pub fn looked_too_early() {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn(move || sender.send(1).unwrap());
    assert_eq!(receiver.try_recv(), Ok(1));
    worker.join().unwrap();
}

/// The receiver takes one message and leaves; the second send can fail.
pub fn receiver_is_gone() {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn(move || receiver.recv().unwrap());
    sender.send(1).unwrap();
    sender.send(2).unwrap();
    assert_eq!(worker.join().unwrap(), 1);
}

//! A program, run by the explorer.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use model_crossbeam::channel::{self, Receiver, Sender};
use model_std::thread;

use crate::Outcome;
use crate::program::{Op, Program, message};

/// The ends that a thread holds.
struct Ends {
    senders: Vec<Option<Sender<u32>>>,
    receivers: Vec<Option<Receiver<u32>>>,
}

/// All outcomes that the explorer meets, until one is stuck.
pub fn outcomes(program: &Program) -> BTreeSet<Outcome> {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let (log, own) = (seen.clone(), program.clone());
    let verdict = explore::threads().bound(1_000).explore(move || {
        let outcome = run(&own);
        log.lock().unwrap().insert(outcome);
    });
    let mut seen = seen.lock().unwrap().clone();
    if let Some(failure) = verdict.failure() {
        assert_eq!(failure.kind, explore::FailureKind::Deadlock, "{verdict}");
        seen.insert(Outcome::Stuck);
    }
    let covered = verdict.covered();
    assert!(
        !covered.contains("budget") && !covered.contains("up to"),
        "{covered}"
    );
    seen
}

fn run(program: &Program) -> Outcome {
    let channels = program.capacities.iter().map(|capacity| match capacity {
        Some(capacity) => channel::bounded(*capacity),
        None => channel::unbounded(),
    });
    let (senders, receivers): (Vec<_>, Vec<_>) = channels.unzip();
    let ends: Vec<Ends> = (0..program.threads.len())
        .map(|thread| Ends {
            senders: held(&senders, |c| program.holds(thread, Op::DropSender(c))),
            receivers: held(&receivers, |c| program.holds(thread, Op::DropReceiver(c))),
        })
        .collect();
    // Before anybody else does anything, and in the same order each time.
    drop((senders, receivers));
    let threads = program.threads.iter().cloned().zip(ends).enumerate();
    let threads: Vec<_> = threads
        .map(|(id, (ops, mut ends))| {
            thread::spawn(move || {
                let ops = ops.into_iter().enumerate();
                let results = ops.map(|(at, op)| ends.carry_out(op, message(id, at)));
                let results = results.collect();
                ends.senders.into_iter().for_each(drop);
                ends.receivers.into_iter().for_each(drop);
                results
            })
        })
        .collect();
    let results = threads.into_iter().map(|thread| thread.join().unwrap());
    Outcome::Over(results.collect())
}

fn held<T: Clone>(ends: &[T], holds: impl Fn(usize) -> bool) -> Vec<Option<T>> {
    let ends = ends.iter().enumerate();
    ends.map(|(c, end)| holds(c).then(|| end.clone())).collect()
}

impl Ends {
    fn carry_out(&mut self, op: Op, message: u32) -> String {
        match op {
            Op::Send(c) => format!("{:?}", self.sender(c).send(message)),
            Op::TrySend(c) => format!("{:?}", self.sender(c).try_send(message)),
            Op::Receive(c) => format!("{:?}", self.receiver(c).recv()),
            Op::TryReceive(c) => format!("{:?}", self.receiver(c).try_recv()),
            Op::Select(a, b) => channel::select! {
                recv(self.receiver(a)) -> it => format!("{a} {it:?}"),
                recv(self.receiver(b)) -> it => format!("{b} {it:?}"),
            },
            Op::TrySelect(a, b) => channel::select! {
                recv(self.receiver(a)) -> it => format!("{a} {it:?}"),
                recv(self.receiver(b)) -> it => format!("{b} {it:?}"),
                default => "none".to_owned(),
            },
            Op::DropSender(c) => {
                drop(self.senders[c].take());
                String::new()
            }
            Op::DropReceiver(c) => {
                drop(self.receivers[c].take());
                String::new()
            }
        }
    }

    fn sender(&self, channel: usize) -> &Sender<u32> {
        self.senders[channel].as_ref().expect("not dropped before")
    }

    fn receiver(&self, channel: usize) -> &Receiver<u32> {
        self.receivers[channel]
            .as_ref()
            .expect("not dropped before")
    }
}

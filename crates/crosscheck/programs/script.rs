//! Runs a random script once, on threads.

use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Barrier, Condvar, Mutex, MutexGuard, RwLock};
use std::thread;

use scripts::{Outcome, Script, Step, Told};

#[derive(Default)]
struct Shared {
    counters: [Mutex<usize>; 2],
    stores: [(Mutex<usize>, Condvar); 2],
    values: [RwLock<usize>; 2],
}

#[derive(Clone)]
enum Out {
    Endless(Sender<usize>),
    Limited(SyncSender<usize>),
}

impl Out {
    fn send(&self, value: usize) -> bool {
        match self {
            Out::Endless(sender) => sender.send(value).is_ok(),
            Out::Limited(sender) => sender.send(value).is_ok(),
        }
    }
}

/// What each thread has observed.
pub fn run(script: &Script) -> Outcome {
    let shared = Arc::new(Shared::default());
    let barrier = Arc::new(Barrier::new(2));
    let (mut outs, mut ins) = (Vec::new(), Vec::new());
    for (channel, capacity) in script.capacities.into_iter().enumerate() {
        if !script.uses(channel) {
            outs.push(None);
            ins.push(None);
            continue;
        }
        let (out, receiver) = match capacity {
            Some(capacity) => {
                let (sender, receiver) = mpsc::sync_channel(capacity);
                (Out::Limited(sender), receiver)
            }
            None => {
                let (sender, receiver) = mpsc::channel();
                (Out::Endless(sender), receiver)
            }
        };
        outs.push(Some(out));
        ins.push(Some(receiver));
    }
    let mut threads = Vec::new();
    for (me, steps) in script.threads.iter().enumerate() {
        let sends = |channel: usize| steps.contains(&Step::Send(channel));
        let mut actor = Actor {
            steps: steps.clone(),
            outs: [0, 1].map(|c| outs[c].clone().filter(|_| sends(c))),
            ins: [0, 1].map(|c| ins[c].take_if(|_| script.receivers[c] == me)),
            barrier: barrier.clone(),
            seen: Vec::new(),
        };
        let shared = shared.clone();
        threads.push(thread::spawn(move || {
            actor.play(&shared);
            actor.leave()
        }));
    }
    for out in outs.into_iter().flatten() {
        thread::yield_now();
        drop(out);
    }
    let seen = threads.into_iter().map(|thread| thread.join().unwrap());
    seen.collect()
}

struct Actor {
    steps: Vec<Step>,
    outs: [Option<Out>; 2],
    ins: [Option<Receiver<usize>>; 2],
    barrier: Arc<Barrier>,
    seen: Vec<usize>,
}

impl Actor {
    /// Lets go of all ends of channels. shuttle takes that for no step of its own, so each is
    /// preceded by one.
    fn leave(self) -> Vec<usize> {
        for out in self.outs.into_iter().flatten() {
            thread::yield_now();
            drop(out);
        }
        for receiver in self.ins.into_iter().flatten() {
            thread::yield_now();
            drop(receiver);
        }
        self.seen
    }

    fn play(&mut self, shared: &Shared) {
        let mut held: Vec<MutexGuard<'_, usize>> = Vec::new();
        for (number, step) in self.steps.iter().enumerate() {
            let observed = match *step {
                Step::Lock(at) => {
                    let mut counter = shared.counters[at].lock().unwrap();
                    *counter += 1;
                    let seen = *counter;
                    held.push(counter);
                    seen
                }
                Step::Unlock => {
                    held.pop();
                    continue;
                }
                Step::TryLock(at) => match shared.counters[at].try_lock() {
                    Ok(counter) => *counter,
                    Err(_) => 99,
                },
                Step::Take(at) => take(&shared.stores[at]),
                Step::Put(at, told) => {
                    put(&shared.stores[at], told);
                    continue;
                }
                Step::Read(at) => *shared.values[at].read().unwrap(),
                Step::Raise(at) => {
                    let mut value = shared.values[at].write().unwrap();
                    *value += 1;
                    *value
                }
                Step::RaiseInTwoSteps(at) => {
                    let old = *shared.values[at].read().unwrap();
                    *shared.values[at].write().unwrap() = old + 1;
                    old
                }
                Step::Send(at) => {
                    let out = self.outs[at]
                        .as_ref()
                        .expect("a sender for each that sends");
                    usize::from(out.send(number))
                }
                Step::Receive(at) => received(self.ins[at].as_ref().map(|r| r.recv().ok())),
                Step::TryReceive(at) => match self.ins[at].as_ref().map(|r| r.try_recv()) {
                    Some(Err(mpsc::TryRecvError::Empty)) => 97,
                    other => received(other.map(Result::ok)),
                },
                Step::Meet => {
                    self.barrier.wait();
                    continue;
                }
            };
            self.seen.push(observed);
        }
    }
}

fn received(message: Option<Option<usize>>) -> usize {
    message.expect("the receiver is here").unwrap_or(98)
}

fn take(store: &(Mutex<usize>, Condvar)) -> usize {
    let mut left = store.0.lock().unwrap();
    while *left == 0 {
        left = store.1.wait(left).unwrap();
    }
    *left -= 1;
    *left
}

fn put(store: &(Mutex<usize>, Condvar), told: Told) {
    *store.0.lock().unwrap() += 1;
    match told {
        Told::Nobody => {}
        Told::One => store.1.notify_one(),
        Told::All => store.1.notify_all(),
    }
}

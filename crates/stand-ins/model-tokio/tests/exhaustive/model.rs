//! An enumeration that knows nothing of the explorer: a program as a state machine, in every order.

use std::collections::{BTreeSet, VecDeque};

/// One operation of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Yield,
    /// Takes a permit, and keeps it.
    Acquire(usize),
    /// Gives a permit back, its own or not.
    Release(usize),
    Send,
    Receive,
}

pub const SEMAPHORES: usize = 2;

/// What a program did: for each object, who used it in which order; and who is stuck.
pub type Outcome = (Vec<Vec<usize>>, Vec<usize>);

/// A program as the enumeration sees it: one semaphore is as good as a mutex, and a channel with
/// one slot.
#[derive(Clone)]
pub struct Model<'a> {
    tasks: &'a [Vec<Op>],
    /// Whether others may run before an operation that need not wait.
    parallel: bool,
    next: Vec<usize>,
    states: Vec<State>,
    permits: [usize; SEMAPHORES],
    queues: [VecDeque<usize>; SEMAPHORES],
    room: usize,
    senders: VecDeque<usize>,
    messages: usize,
    receiver: Option<usize>,
    log: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    /// It has been given what it waited for.
    Granted,
    Waits,
    Over,
}

impl<'a> Model<'a> {
    pub fn new(tasks: &'a [Vec<Op>], parallel: bool) -> Self {
        Model {
            tasks,
            parallel,
            next: vec![0; tasks.len()],
            states: vec![State::Ready; tasks.len()],
            permits: [1; SEMAPHORES],
            queues: Default::default(),
            room: 1,
            senders: VecDeque::new(),
            messages: 0,
            receiver: None,
            log: vec![Vec::new(); SEMAPHORES + 1],
        }
    }

    /// All that can come of it.
    pub fn outcomes(self, found: &mut BTreeSet<Outcome>) {
        let able = |state: &State| matches!(state, State::Ready | State::Granted);
        let ready: Vec<usize> = (0..self.tasks.len())
            .filter(|&task| able(&self.states[task]))
            .collect();
        if ready.is_empty() {
            let stuck = (0..self.tasks.len()).filter(|&task| self.states[task] == State::Waits);
            found.insert((self.log, stuck.collect()));
            return;
        }
        for task in ready {
            let mut after = self.clone();
            after.run(task);
            after.outcomes(found);
        }
    }

    /// Lets a task go on until another one may run.
    fn run(&mut self, task: usize) {
        loop {
            let Some(&op) = self.tasks[task].get(self.next[task]) else {
                self.states[task] = State::Over;
                return;
            };
            let granted = self.states[task] == State::Granted;
            self.states[task] = State::Ready;
            if !self.perform(task, op, granted) {
                self.states[task] = State::Waits;
                return;
            }
            self.next[task] += 1;
            let awaits = |op: &Op| matches!(op, Op::Acquire(_) | Op::Send | Op::Receive);
            let may_switch = self.tasks[task].get(self.next[task]).is_some_and(awaits);
            if op == Op::Yield || self.parallel && may_switch {
                return;
            }
        }
    }

    /// Whether it is done; otherwise the task waits.
    fn perform(&mut self, task: usize, op: Op, granted: bool) -> bool {
        match op {
            Op::Yield => {}
            Op::Acquire(i) => {
                if !granted {
                    if self.permits[i] == 0 {
                        self.queues[i].push_back(task);
                        return false;
                    }
                    self.permits[i] -= 1;
                }
                self.log[i].push(task);
            }
            Op::Release(i) => match self.queues[i].pop_front() {
                Some(next) => self.states[next] = State::Granted,
                None => self.permits[i] += 1,
            },
            Op::Send => {
                if !granted {
                    if self.room == 0 {
                        self.senders.push_back(task);
                        return false;
                    }
                    self.room -= 1;
                }
                self.messages += 1;
                self.log[SEMAPHORES].push(task);
                if let Some(receiver) = self.receiver.take() {
                    self.states[receiver] = State::Ready;
                }
            }
            Op::Receive => {
                if self.messages == 0 {
                    self.receiver = Some(task);
                    return false;
                }
                self.messages -= 1;
                match self.senders.pop_front() {
                    Some(next) => self.states[next] = State::Granted,
                    None => self.room += 1,
                }
            }
        }
        true
    }
}

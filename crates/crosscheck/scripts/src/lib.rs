//! Random programs of threads over locks, conditions, barriers and channels.
//!
//! They are data, so that two explorers can run the same ones. What a thread has observed, step
//! by step, is what they are compared by.

mod random;

pub use random::random;

/// One step of a thread. There are two of each thing, but for the barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Locks a counter, reads it and adds one; keeps the lock.
    Lock(usize),
    /// Lets go of the lock that was taken last.
    Unlock,
    /// Tries to lock a counter; reads it and lets go at once.
    TryLock(usize),
    /// Waits until a store is not empty, and takes one.
    Take(usize),
    /// Puts one into a store, and tells this many.
    Put(usize, Told),
    /// Reads a shared value.
    Read(usize),
    /// Raises a shared value by one, under the lock for writing.
    Raise(usize),
    /// Reads a shared value, lets go, and writes one more.
    RaiseInTwoSteps(usize),
    /// Sends the number of the step.
    Send(usize),
    /// Receives, and observes what came, or the end.
    Receive(usize),
    /// Receives if something is there.
    TryReceive(usize),
    /// Meets another thread.
    Meet,
}

/// Who is told that something was put into a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nobody.
    Nobody,
    /// One of those who wait.
    One,
    /// All who wait.
    All,
}

/// What each thread does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The steps of each thread.
    pub threads: Vec<Vec<Step>>,
    /// Which thread has the receiver of each channel. Every other thread that sends has a sender
    /// until it ends.
    pub receivers: [usize; 2],
    /// How much each channel holds; nothing for one without a limit.
    pub capacities: [Option<usize>; 2],
}

impl Script {
    /// Whether anybody sends to or receives from a channel.
    pub fn uses(&self, channel: usize) -> bool {
        let steps = [
            Step::Send(channel),
            Step::Receive(channel),
            Step::TryReceive(channel),
        ];
        self.threads
            .iter()
            .flatten()
            .any(|step| steps.contains(step))
    }
}

/// What each thread has observed, in order.
pub type Outcome = Vec<Vec<usize>>;

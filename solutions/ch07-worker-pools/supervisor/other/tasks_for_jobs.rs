//! No workers: a worker is a place, and each job is a task of its own that somebody starts who has found a free
//! place under the one lock. Whoever sees how it ended does the books and starts the next.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

/// What a worker does.
pub type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How much is borne.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many workers there are.
    pub workers: NonZeroUsize,
    /// How many workers are replaced, within the time below.
    pub restarts: usize,
    /// How long a restart counts.
    pub within: Duration,
    /// After how many panics in a row a name is locked out.
    pub strikes: NonZeroUsize,
    /// For how long.
    pub cooldown: Duration,
}

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It came to its end.
    Done,
    /// It panicked.
    Panicked,
    /// It was not run, since its name was locked out.
    LockedOut,
    /// It was not run, since the pool has given up.
    GivenUp,
}

/// Why a job was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Its name is locked out.
    LockedOut,
    /// The pool has given up.
    GivenUp,
    /// The pool is stopped.
    Stopped,
}

/// How a pool ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It was stopped.
    Stopped,
    /// It has given up.
    GivenUp,
}

/// What a pool has been through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many workers there are, idle or busy.
    pub active: usize,
    /// How many jobs have panicked.
    pub panics: usize,
    /// How many workers were replaced.
    pub restarts: usize,
}

/// Stands for the fate of one job.
pub struct Receipt {
    fate: oneshot::Receiver<Fate>,
}

impl Receipt {
    /// What became of the job, as soon as that is settled.
    pub async fn fate(self) -> Fate {
        self.fate.await.expect("every job has a fate")
    }
}

/// A pool that replaces its workers.
pub struct Supervisor(Arc<Shared>);

struct Shared {
    limits: Limits,
    state: Mutex<State>,
    end: watch::Sender<Option<End>>,
}

struct State {
    queue: VecDeque<Entry>,
    running: usize,
    panics: usize,
    /// The moments of all restarts.
    restarts: Vec<Instant>,
    names: HashMap<String, Record>,
    closing: Option<End>,
}

struct Entry {
    name: String,
    work: Work,
    reply: oneshot::Sender<Fate>,
}

/// What is held against a name.
#[derive(Default)]
struct Record {
    in_a_row: usize,
    since: Option<Instant>,
}

impl Supervisor {
    /// Starts the workers.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(limits: Limits) -> Self {
        Self(Arc::new(Shared {
            limits,
            state: Mutex::new(State {
                queue: VecDeque::new(),
                running: 0,
                panics: 0,
                restarts: Vec::new(),
                names: HashMap::new(),
                closing: None,
            }),
            end: watch::Sender::new(None),
        }))
    }

    /// Accepts a job for the next free worker.
    ///
    /// # Errors
    /// If its name is locked out, or if the pool has given up or is stopped.
    pub fn submit(&self, name: &str, work: Work) -> Result<Receipt, Refused> {
        let mut state = self.0.state.lock().unwrap();
        match state.closing {
            Some(End::GivenUp) => return Err(Refused::GivenUp),
            Some(End::Stopped) => return Err(Refused::Stopped),
            None => {}
        }
        let since = state.names.get(name).and_then(|record| record.since);
        if since.is_some_and(|since| since.elapsed() < self.0.limits.cooldown) {
            return Err(Refused::LockedOut);
        }
        let (reply, fate) = oneshot::channel();
        let name = name.to_owned();
        state.queue.push_back(Entry { name, work, reply });
        self.0.go_on(state);
        Ok(Receipt { fate })
    }

    /// What the pool has been through.
    pub fn counts(&self) -> Counts {
        let state = self.0.state.lock().unwrap();
        Counts {
            active: match state.closing {
                None => self.0.limits.workers.get(),
                Some(_) => state.running,
            },
            panics: state.panics,
            restarts: state.restarts.len(),
        }
    }

    /// Takes no more jobs, and waits for those that were accepted and for the workers.
    pub async fn stop(&self) -> End {
        self.0.close();
        self.ended().await
    }

    /// Waits until no worker is left.
    pub async fn ended(&self) -> End {
        let mut end = self.0.end.subscribe();
        loop {
            if let Some(end) = *end.borrow_and_update() {
                return end;
            }
            end.changed().await.expect("the pool holds the sender");
        }
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Shared {
    fn close(self: &Arc<Self>) {
        let mut state = self.state.lock().unwrap();
        state.closing = state.closing.or(Some(End::Stopped));
        self.go_on(state);
    }

    /// Starts what may start, and sees whether all is over.
    fn go_on(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        while state.running < self.limits.workers.get()
            && let Some(entry) = state.queue.pop_front()
        {
            state.running += 1;
            tokio::spawn(Arc::clone(self).run(entry));
        }
        if state.running == 0 && state.closing.is_some() {
            self.end.send_replace(state.closing);
        }
    }

    async fn run(self: Arc<Self>, Entry { name, work, reply }: Entry) {
        let panicked = tokio::spawn(work).await.is_err();
        let mut state = self.state.lock().unwrap();
        state.running -= 1;
        let record = state.names.entry(name.clone()).or_default();
        if panicked {
            record.in_a_row += 1;
            if record.in_a_row == self.limits.strikes.get() {
                record.in_a_row = 0;
                record.since = Some(Instant::now());
                state.settle(|entry| entry.name == name, Fate::LockedOut);
            }
            state.panics += 1;
            self.replace(&mut state);
        } else {
            record.in_a_row = 0;
        }
        let fate = if panicked { Fate::Panicked } else { Fate::Done };
        let _ = reply.send(fate);
        self.go_on(state);
    }

    fn replace(&self, state: &mut State) {
        if state.closing == Some(End::GivenUp) {
            return;
        }
        let counts = |then: &&Instant| then.elapsed() < self.limits.within;
        if state.restarts.iter().rev().take_while(counts).count() < self.limits.restarts {
            state.restarts.push(Instant::now());
        } else {
            state.closing = Some(End::GivenUp);
            state.settle(|_| true, Fate::GivenUp);
        }
    }
}

impl State {
    /// Settles what is not going to be run.
    fn settle(&mut self, which: impl Fn(&Entry) -> bool, fate: Fate) {
        for entry in std::mem::take(&mut self.queue) {
            if which(&entry) {
                let _ = entry.reply.send(fate);
            } else {
                self.queue.push_back(entry);
            }
        }
    }
}

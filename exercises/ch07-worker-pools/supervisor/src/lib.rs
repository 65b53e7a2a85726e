//! # Supervisor
//!
//! A news reader fetches and reads feeds, and every now and then a feed makes its parser panic. A worker
//! that dies of it is to be replaced, but not for ever. The supervisors of a guide in Go restart workers
//! that nobody waits for any more, take a dying worker for a living one and never replace it, or forget
//! with each restart how many there were: with a limit of 3 one of them bore 50 panics.
//!
//! Below is a port in which one task owns all workers. It is nearly right.
//!
//! The rules, in which a job is *accepted* when `submit` gives a receipt, and *waits* until it begins:
//!
//! - There are `workers` workers. Each runs one job at a time; a free one begins the job that was accepted
//!   first of those that wait. While a worker is free, no job waits.
//! - A job that panics takes its worker along. The worker is replaced at once, if fewer than `restarts`
//!   were replaced in the time `within` before. A restart that is as old as `within` counts no longer.
//! - Otherwise the pool gives up. What waits is not run, and has the fate `GivenUp` at once, and `submit`
//!   refuses everything as `GivenUp`, whatever else there is against it. What runs comes to its end and has
//!   its own fate. No worker is replaced any more.
//! - A name of which `strikes` jobs have panicked in a row is locked out for the time `cooldown`, from the
//!   last of these panics. A job of this name that comes to its end in between breaks the row. A lock-out
//!   begins a new row. For that time `submit` refuses the name, and what waits already when the
//!   lock-out begins is not run and has the fate `LockedOut`. Other names are not concerned.
//! - From the moment when `stop` is called, `submit` refuses everything, as `Stopped` unless the pool gives
//!   up, and not as `LockedOut`. Accepted jobs are run and workers replaced as before. A worker that finds
//!   nothing more to begin ends, and so it does when the pool has given up.
//! - `ended` returns when no worker is left, and so does `stop`; also to several who wait, and to whoever
//!   asks later. Both say `GivenUp` if the pool has given up, and otherwise `Stopped`.
//! - A call that is dropped half-way has no effect on the rest, but a call of `stop` has begun the stop.
//!   Dropping the pool stops it.
//! - Whenever everybody waits, for a clock or for somebody, the counts are exact.
//! - While there is nothing to do, nothing is done: no polling.
//!
//! You may change everything in this file but the signatures of what is public.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Notify, oneshot, watch};
use tokio::task::JoinSet;
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
pub struct Supervisor {
    shared: Arc<Shared>,
}

struct Shared {
    limits: Limits,
    state: Mutex<State>,
    changed: Notify,
    end: watch::Sender<Option<End>>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Entry>,
    counts: Counts,
    /// When the first of these restarts was.
    since: Option<Instant>,
    recent: usize,
    names: HashMap<String, Record>,
    /// How the pool is going to end, once that is known.
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
    strikes: usize,
    locked_until: Option<Instant>,
}

impl Supervisor {
    /// Starts the workers.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(limits: Limits) -> Self {
        let shared = Arc::new(Shared {
            limits,
            state: Mutex::default(),
            changed: Notify::new(),
            end: watch::Sender::new(None),
        });
        tokio::spawn(supervise(Arc::clone(&shared)));
        Self { shared }
    }

    /// Accepts a job for the next free worker.
    ///
    /// # Errors
    /// If its name is locked out, or if the pool has given up or is stopped.
    pub fn submit(&self, name: &str, work: Work) -> Result<Receipt, Refused> {
        let mut state = self.shared.state.lock().unwrap();
        match state.closing {
            Some(End::GivenUp) => return Err(Refused::GivenUp),
            Some(End::Stopped) => return Err(Refused::Stopped),
            None => {}
        }
        if state.is_locked_out(name) {
            return Err(Refused::LockedOut);
        }
        let (reply, fate) = oneshot::channel();
        state.queue.push_back(Entry {
            name: name.to_owned(),
            work,
            reply,
        });
        self.shared.changed.notify_one();
        Ok(Receipt { fate })
    }

    /// What the pool has been through.
    pub fn counts(&self) -> Counts {
        self.shared.state.lock().unwrap().counts
    }

    /// Takes no more jobs, and waits for those that were accepted and for the workers.
    pub async fn stop(&self) -> End {
        self.shared.close(End::Stopped);
        self.ended().await
    }

    /// Waits until no worker is left.
    pub async fn ended(&self) -> End {
        let mut end = self.shared.end.subscribe();
        let end = end.wait_for(Option::is_some).await;
        end.ok()
            .and_then(|end| *end)
            .expect("the pool has both ends of the channel")
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.shared.close(End::Stopped);
    }
}

async fn supervise(shared: Arc<Shared>) {
    let mut workers = JoinSet::new();
    for _ in 0..shared.limits.workers.get() {
        workers.spawn(work(Arc::clone(&shared)));
    }
    shared.state.lock().unwrap().counts.active = workers.len();
    while let Some(end) = workers.join_next().await {
        if end.is_err() && shared.may_replace() {
            workers.spawn(work(Arc::clone(&shared)));
        }
        shared.state.lock().unwrap().counts.active = workers.len();
    }
    let end = shared.state.lock().unwrap().closing;
    shared.end.send_replace(end);
}

/// Does one job after the other. A panic in one of them is its end.
async fn work(shared: Arc<Shared>) {
    while let Some(Entry { name, work, reply }) = shared.next().await {
        let mut running = Running {
            shared: &shared,
            name,
            reply: Some(reply),
        };
        work.await;
        running.done();
    }
}

/// A job that runs. If it is dropped before it is done, it has panicked.
struct Running<'a> {
    shared: &'a Shared,
    name: String,
    reply: Option<oneshot::Sender<Fate>>,
}

impl Running<'_> {
    fn done(&mut self) {
        let mut state = self.shared.state.lock().unwrap();
        state.names.remove(&self.name);
        if let Some(reply) = self.reply.take() {
            let _ = reply.send(Fate::Done);
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if let Some(reply) = self.reply.take() {
            self.shared.panicked(&self.name);
            let _ = reply.send(Fate::Panicked);
        }
    }
}

impl Shared {
    fn close(&self, end: End) {
        let mut state = self.state.lock().unwrap();
        state.closing.get_or_insert(end);
        self.changed.notify_waiters();
    }

    /// The next job, as soon as there is one; `None` once there will be none.
    async fn next(&self) -> Option<Entry> {
        let mut changed = pin!(self.changed.notified());
        loop {
            // Before the look, so that nothing that comes after it is missed.
            changed.as_mut().enable();
            {
                let mut state = self.state.lock().unwrap();
                if let Some(entry) = state.queue.pop_front() {
                    return Some(entry);
                }
                if state.closing.is_some() {
                    return None;
                }
            }
            changed.as_mut().await;
            changed.set(self.changed.notified());
        }
    }

    /// Counts a panic against the pool and against the name of the job.
    fn panicked(&self, name: &str) {
        let mut state = self.state.lock().unwrap();
        state.counts.panics += 1;
        let record = state.names.entry(name.to_owned()).or_default();
        record.strikes += 1;
        if record.strikes >= self.limits.strikes.get() {
            *record = Record {
                strikes: 0,
                locked_until: Some(Instant::now() + self.limits.cooldown),
            };
        }
    }

    /// Whether a worker that has panicked may be replaced. If not, the pool gives up.
    fn may_replace(&self) -> bool {
        let now = Instant::now();
        let mut state = self.state.lock().unwrap();
        if state.closing == Some(End::GivenUp) {
            return false;
        }
        if state
            .since
            .is_none_or(|since| now - since >= self.limits.within)
        {
            state.since = Some(now);
            state.recent = 0;
        }
        if state.recent < self.limits.restarts {
            state.recent += 1;
            state.counts.restarts += 1;
            return true;
        }
        state.closing = Some(End::GivenUp);
        self.changed.notify_waiters();
        false
    }
}

impl State {
    fn is_locked_out(&self, name: &str) -> bool {
        let until = self.names.get(name).and_then(|record| record.locked_until);
        until.is_some_and(|until| Instant::now() < until)
    }
}

//! Wrong: a job that comes to its end clears its name, also of a lock-out.
//! Caught by: a_job_that_ends_late_does_not_end_the_lock_out

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
    /// When workers were replaced lately.
    recent: VecDeque<Instant>,
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
            let is_locked = |entry: &Entry| entry.name == name;
            state.send_away(is_locked, Fate::LockedOut);
        }
    }

    /// Whether a worker that has panicked may be replaced. If not, the pool gives up.
    fn may_replace(&self) -> bool {
        let now = Instant::now();
        let mut state = self.state.lock().unwrap();
        if state.closing == Some(End::GivenUp) {
            return false;
        }
        while state
            .recent
            .front()
            .is_some_and(|then| now - *then >= self.limits.within)
        {
            state.recent.pop_front();
        }
        if state.recent.len() < self.limits.restarts {
            state.recent.push_back(now);
            state.counts.restarts += 1;
            return true;
        }
        state.closing = Some(End::GivenUp);
        state.send_away(|_| true, Fate::GivenUp);
        self.changed.notify_waiters();
        false
    }
}

impl State {
    fn is_locked_out(&self, name: &str) -> bool {
        let until = self.names.get(name).and_then(|record| record.locked_until);
        until.is_some_and(|until| Instant::now() < until)
    }

    /// Settles what is not going to be run.
    fn send_away(&mut self, which: impl Fn(&Entry) -> bool, fate: Fate) {
        let (away, stay) = self.queue.drain(..).partition(which);
        self.queue = stay;
        for Entry { reply, .. } in VecDeque::<Entry>::from(away) {
            let _ = reply.send(fate);
        }
    }
}

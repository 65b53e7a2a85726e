//! One task owns the table and everything that runs. Whoever wants to know sends a question with a place
//! for the answer; deadlines and what is to be forgotten are the two timers of its loop.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::time::Duration;

use tokio::select;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::task::AbortOnDropHandle;

/// A part of an operation: its result, or why it failed.
pub type Part<T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send>>;

/// Names an operation, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(u64);

/// How far an operation has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status<T> {
    /// It was accepted, and waits for a place.
    Queued,
    /// Its parts have begun.
    Running,
    /// All parts succeeded; their results, in the order of the parts.
    Completed(Vec<T>),
    /// A part failed, with this reason.
    Failed(String),
    /// A part panicked.
    Panicked,
    /// It was cancelled, or shut down.
    Cancelled,
    /// Its time was over first.
    TimedOut,
}

impl<T> Status<T> {
    fn is_over(&self) -> bool {
        !matches!(self, Status::Queued | Status::Running)
    }
}

/// The service is shut down, and accepts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

/// Runs operations, and knows what became of them.
pub struct Operations<T> {
    clerk: mpsc::UnboundedSender<Request<T>>,
    _task: AbortOnDropHandle<()>,
}

enum Request<T> {
    Start(Vec<Part<T>>, Instant, oneshot::Sender<Result<Id, Closed>>),
    Status(Id, oneshot::Sender<Option<Status<T>>>),
    Wait(Id, oneshot::Sender<Option<Status<T>>>),
    Cancel(Id, oneshot::Sender<Option<Status<T>>>),
    Shutdown(oneshot::Sender<()>),
}

impl<T: Clone + Send + Sync + 'static> Operations<T> {
    /// A service that runs at most `at_most` operations at a time, and keeps what is over for `keep`.
    #[must_use]
    pub fn open(at_most: NonZeroUsize, keep: Duration) -> Self {
        let (clerk, requests) = mpsc::unbounded_channel();
        let clerk_at_work = Clerk::new(at_most.get(), keep).work(requests);
        Self {
            clerk,
            _task: AbortOnDropHandle::new(tokio::spawn(clerk_at_work)),
        }
    }

    /// Accepts an operation of these parts, which has to be over after `limit`.
    ///
    /// # Errors
    /// If the service is shut down.
    pub async fn start(&self, parts: Vec<Part<T>>, limit: Duration) -> Result<Id, Closed> {
        let deadline = Instant::now() + limit;
        self.ask(|answer| Request::Start(parts, deadline, answer))
            .await
    }

    /// How far an operation has come; `None` if it is not known, or not any more.
    pub async fn status(&self, id: Id) -> Option<Status<T>> {
        self.ask(|answer| Request::Status(id, answer)).await
    }

    /// Waits until an operation is over; `None` if it is not known, or not any more.
    pub async fn wait(&self, id: Id) -> Option<Status<T>> {
        self.ask(|answer| Request::Wait(id, answer)).await
    }

    /// Ends an operation unless it is over; `None` if it is not known, or not any more.
    pub async fn cancel(&self, id: Id) -> Option<Status<T>> {
        self.ask(|answer| Request::Cancel(id, answer)).await
    }

    /// Accepts nothing any more, cancels everything, and waits until it is over.
    pub async fn shutdown(&self) {
        self.ask(Request::Shutdown).await;
    }

    async fn ask<A>(&self, request: impl FnOnce(oneshot::Sender<A>) -> Request<T>) -> A {
        let (answer, answered) = oneshot::channel();
        let sent = self.clerk.send(request(answer));
        assert!(sent.is_ok(), "the clerk is there as long as the service");
        answered.await.expect("the clerk answers everything")
    }
}

struct Clerk<T> {
    free: usize,
    keep: Duration,
    last: u64,
    table: BTreeMap<u64, Entry<T>>,
    queue: VecDeque<(u64, Vec<Part<T>>)>,
    running: JoinSet<(u64, Status<T>)>,
    /// Which are kept until when; in the order in which they go.
    kept: VecDeque<(Instant, u64)>,
    closed: bool,
    at_shutdown: Vec<oneshot::Sender<()>>,
}

struct Entry<T> {
    status: Status<T>,
    deadline: Instant,
    /// Tells the parts what they end as.
    stop: watch::Sender<Option<Status<T>>>,
    waiting: Vec<oneshot::Sender<Option<Status<T>>>>,
}

impl<T: Clone + Send + Sync + 'static> Clerk<T> {
    fn new(free: usize, keep: Duration) -> Self {
        Self {
            free,
            keep,
            last: 0,
            table: BTreeMap::new(),
            queue: VecDeque::new(),
            running: JoinSet::new(),
            kept: VecDeque::new(),
            closed: false,
            at_shutdown: Vec::new(),
        }
    }

    async fn work(mut self, mut requests: mpsc::UnboundedReceiver<Request<T>>) {
        loop {
            let deadline = self.deadline();
            let oldest = self.kept.front().map(|&(until, _)| until);
            select! {
                request = requests.recv() => match request {
                    Some(request) => self.answer(request),
                    None => return,
                },
                Some(end) = self.running.join_next() => {
                    let (id, status) = end.expect("the panics of parts are caught");
                    self.free += 1;
                    self.over(id, status);
                }
                () = until(deadline) => self.time_out(),
                () = until(oldest) => {
                    if let Some((_, id)) = self.kept.pop_front() {
                        self.table.remove(&id);
                    }
                }
            }
            self.fill();
            if self.queue.is_empty() && self.running.is_empty() {
                for caller in self.at_shutdown.drain(..) {
                    let _ = caller.send(());
                }
            }
        }
    }

    fn answer(&mut self, request: Request<T>) {
        match request {
            Request::Start(_, _, answer) if self.closed => {
                let _ = answer.send(Err(Closed));
            }
            Request::Start(parts, deadline, answer) => {
                self.last += 1;
                let entry = Entry {
                    status: Status::Queued,
                    deadline,
                    stop: watch::Sender::new(None),
                    waiting: Vec::new(),
                };
                self.table.insert(self.last, entry);
                self.queue.push_back((self.last, parts));
                let _ = answer.send(Ok(Id(self.last)));
            }
            Request::Status(id, answer) => {
                let entry = self.table.get(&id.0);
                let _ = answer.send(entry.map(|entry| entry.status.clone()));
            }
            Request::Wait(id, answer) => self.tell_at_the_end(id, answer),
            Request::Cancel(id, answer) => {
                self.end(id.0, Status::Cancelled);
                self.tell_at_the_end(id, answer);
            }
            Request::Shutdown(answer) => {
                self.closed = true;
                let ids: Vec<u64> = self.table.keys().copied().collect();
                for id in ids {
                    self.end(id, Status::Cancelled);
                }
                self.at_shutdown.push(answer);
            }
        }
    }

    fn tell_at_the_end(&mut self, id: Id, answer: oneshot::Sender<Option<Status<T>>>) {
        match self.table.get_mut(&id.0) {
            Some(entry) if !entry.status.is_over() => entry.waiting.push(answer),
            entry => {
                let _ = answer.send(entry.map(|entry| entry.status.clone()));
            }
        }
    }

    /// The next time at which something is over that is not over yet.
    fn deadline(&self) -> Option<Instant> {
        let open = self.table.values();
        let open = open.filter(|entry| !entry.status.is_over() && entry.stop.borrow().is_none());
        open.map(|entry| entry.deadline).min()
    }

    fn time_out(&mut self) {
        let now = Instant::now();
        let late: Vec<u64> = self
            .table
            .iter()
            .filter(|(_, entry)| entry.deadline <= now)
            .map(|(&id, _)| id)
            .collect();
        for id in late {
            self.end(id, Status::TimedOut);
        }
    }

    /// Has an operation end as this, unless it ends as something else.
    fn end(&mut self, id: u64, end: Status<T>) {
        let Some(entry) = self.table.get_mut(&id) else {
            return;
        };
        match entry.status {
            Status::Queued => {
                self.queue.retain(|&(queued, _)| queued != id);
                self.over(id, end);
            }
            Status::Running => {
                entry.stop.send_if_modified(|stop| {
                    let first = stop.is_none();
                    stop.get_or_insert(end);
                    first
                });
            }
            _ => {}
        }
    }

    fn over(&mut self, id: u64, status: Status<T>) {
        let Some(entry) = self.table.get_mut(&id) else {
            return;
        };
        for waiting in entry.waiting.drain(..) {
            let _ = waiting.send(Some(status.clone()));
        }
        entry.status = status;
        self.kept.push_back((Instant::now() + self.keep, id));
    }

    fn fill(&mut self) {
        while self.free > 0
            && let Some((id, parts)) = self.queue.pop_front()
            && let Some(entry) = self.table.get_mut(&id)
        {
            self.free -= 1;
            entry.status = Status::Running;
            let stop = entry.stop.subscribe();
            self.running
                .spawn(async move { (id, run(parts, stop).await) });
        }
    }
}

async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}

/// Runs the parts, each in a task that ends with this future.
async fn run<T: Send + 'static>(
    parts: Vec<Part<T>>,
    mut stop: watch::Receiver<Option<Status<T>>>,
) -> Status<T>
where
    T: Clone + Sync,
{
    let mut results: Vec<Option<T>> = parts.iter().map(|_| None).collect();
    let mut tasks = JoinSet::new();
    for (number, part) in parts.into_iter().enumerate() {
        tasks.spawn(async move { (number, part.await) });
    }
    let end = loop {
        select! {
            stop = stop.wait_for(Option::is_some) => {
                let end = stop.ok().and_then(|end| end.clone());
                break end.unwrap_or(Status::Cancelled);
            }
            end = tasks.join_next() => match end {
                None => break Status::Completed(results.into_iter().flatten().collect()),
                Some(Ok((number, Ok(result)))) => results[number] = Some(result),
                Some(Ok((_, Err(reason)))) => break Status::Failed(reason),
                Some(Err(_)) => break Status::Panicked,
            },
        }
    };
    tasks.shutdown().await;
    end
}

//! One loop with everything in it, in which some branches are asleep while a job runs and the others while
//! none does. All clocks are plain times.

use std::future::pending;
use std::pin::Pin;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
use tokio::task::JoinError;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::AbortOnDropHandle;

/// What a job does, with a token that is cancelled when the job is over.
pub type Work =
    Box<dyn FnOnce(CancellationToken) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// Work with a name.
pub struct Job {
    /// What it is called in the report.
    pub name: &'static str,
    /// What is to be done.
    pub work: Work,
}

/// What a worker has to keep to.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a job may run.
    pub limit: Duration,
    /// How long the worker waits for a job.
    pub idle: Duration,
    /// The time from tick to tick. Not zero.
    pub every: Duration,
}

/// What became of a job that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It came to its end.
    Done,
    /// It was dropped when its limit was over.
    TimedOut,
    /// It panicked.
    Panicked,
    /// It was dropped since the worker was stopped.
    Cancelled,
}

/// Why a worker ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All senders are gone, and all jobs are over.
    Closed,
    /// There was no job for too long.
    Idle,
    /// It was stopped, for this reason.
    Stopped(&'static str),
}

/// What a worker leaves behind.
pub struct Report {
    /// Why it ended.
    pub end: End,
    /// The jobs that it has begun, in their order, and what became of them.
    pub outcomes: Vec<(&'static str, Outcome)>,
    /// The jobs that it has not begun, in their order.
    pub left: Vec<Job>,
}

struct Running {
    name: &'static str,
    task: AbortOnDropHandle<()>,
    until: Instant,
    _over: DropGuard,
}

/// Does jobs until there will be none, until it is idle, or until it is stopped.
///
/// # Panics
/// Outside a runtime, or if `settings.every` is zero.
pub async fn work(
    mut jobs: mpsc::Receiver<Job>,
    stops: Vec<(&'static str, CancellationToken)>,
    settings: Settings,
    mut tick: impl FnMut(),
) -> Report {
    let (mut outcomes, mut left) = (Vec::new(), Vec::new());
    let begin = Instant::now();
    let mut next_tick = begin + settings.every;
    let mut idle = begin + settings.idle;
    let mut running: Option<Running> = None;
    let end = loop {
        let until = running.as_ref().map(|job| job.until);
        let resting = running.is_none();
        let (outcome, end) = select! {
            biased;
            reason = stopped(&stops) => (Outcome::Cancelled, Some(End::Stopped(reason))),
            end = end_of(running.as_mut()) => match end {
                Ok(()) => (Outcome::Done, None),
                Err(_) => (Outcome::Panicked, None),
            },
            () = at(until) => (Outcome::TimedOut, None),
            () = sleep_until(next_tick), if resting => {
                tick();
                while next_tick <= Instant::now() {
                    next_tick += settings.every;
                }
                continue;
            }
            job = jobs.recv(), if resting => {
                let Some(Job { name, work }) = job else {
                    break End::Closed;
                };
                let over = CancellationToken::new();
                let guard = over.clone().drop_guard();
                running = Some(Running {
                    name,
                    task: AbortOnDropHandle::new(tokio::spawn(work(over))),
                    until: Instant::now() + settings.limit,
                    _over: guard,
                });
                continue;
            }
            () = sleep_until(idle), if resting => break End::Idle,
        };
        if let Some(mut job) = running.take() {
            if matches!(outcome, Outcome::Cancelled | Outcome::TimedOut) {
                job.task.abort();
                let _ = (&mut job.task).await;
            }
            outcomes.push((job.name, outcome));
            idle = Instant::now() + settings.idle;
        }
        if let Some(end) = end {
            break end;
        }
    };
    jobs.close();
    while jobs.recv_many(&mut left, 16).await > 0 {}
    Report {
        end,
        outcomes,
        left,
    }
}

async fn end_of(running: Option<&mut Running>) -> Result<(), JoinError> {
    match running {
        Some(job) => (&mut job.task).await,
        None => pending().await,
    }
}

async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => pending().await,
    }
}

/// Waits for the first of the list, or for one of the rest.
fn stopped<'a>(
    stops: &'a [(&'static str, CancellationToken)],
) -> Pin<Box<dyn Future<Output = &'static str> + Send + 'a>> {
    let Some(((reason, stop), rest)) = stops.split_first() else {
        return Box::pin(pending());
    };
    Box::pin(async move {
        select! {
            biased;
            () = stop.cancelled() => reason,
            reason = stopped(rest) => reason,
        }
    })
}

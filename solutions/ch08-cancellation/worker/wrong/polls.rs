//! Wrong: looks every ten milliseconds whether there is a job.
//! Caught by: while_there_is_nothing_to_do_nothing_is_done

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

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
    let mut outcomes = Vec::new();
    let mut ticks = interval_at(Instant::now() + settings.every, settings.every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut idle = Instant::now() + settings.idle;
    let end = loop {
        let job = select! {
            biased;
            reason = stopped(&stops) => break End::Stopped(reason),
            _ = ticks.tick() => {
                tick();
                continue;
            }
            () = tokio::time::sleep(Duration::from_millis(10)) => match jobs.try_recv() {
                Ok(job) => Some(job),
                Err(mpsc::error::TryRecvError::Empty) => continue,
                Err(mpsc::error::TryRecvError::Disconnected) => None,
            },
            () = sleep_until(idle) => break End::Idle,
        };
        let Some(Job { name, work }) = job else {
            break End::Closed;
        };
        match run(work, settings.limit, &stops).await {
            Ok(outcome) => outcomes.push((name, outcome)),
            Err(reason) => {
                outcomes.push((name, Outcome::Cancelled));
                break End::Stopped(reason);
            }
        }
        idle = Instant::now() + settings.idle;
    };
    // What is closed takes nothing any more, and still hands out what it has taken.
    jobs.close();
    let mut left = Vec::new();
    while let Some(job) = jobs.recv().await {
        left.push(job);
    }
    Report {
        end,
        outcomes,
        left,
    }
}

/// Does a job, and leaves nothing of it behind; the reason if it is stopped.
async fn run(
    work: Work,
    limit: Duration,
    stops: &[(&'static str, CancellationToken)],
) -> Result<Outcome, &'static str> {
    let over = CancellationToken::new();
    let _guard = over.clone().drop_guard();
    let mut job = JoinSet::new();
    job.spawn(async move { work(over).await });
    let outcome = select! {
        reason = stopped(stops) => Err(reason),
        end = timeout(limit, job.join_next()) => Ok(match end {
            Ok(Some(Ok(()))) => Outcome::Done,
            Ok(_) => Outcome::Panicked,
            Err(_) => Outcome::TimedOut,
        }),
    };
    job.shutdown().await;
    outcome
}

/// Waits for the first reason to stop.
async fn stopped(stops: &[(&'static str, CancellationToken)]) -> &'static str {
    let mut waits: Vec<_> = stops
        .iter()
        .map(|(reason, stop)| (*reason, Box::pin(stop.cancelled())))
        .collect();
    poll_fn(|cx| {
        for (reason, wait) in &mut waits {
            if wait.as_mut().poll(cx).is_ready() {
                return Poll::Ready(*reason);
            }
        }
        Poll::Pending
    })
    .await
}

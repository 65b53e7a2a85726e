//! No tasks: a job is polled where the worker is, its panic is caught there, and what is dropped is gone at
//! once. The stop is around the whole loop, which leaves what it knows outside.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
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
    let (mut outcomes, mut left) = (Vec::new(), Vec::new());
    let mut current = None;
    let end = select! {
        biased;
        reason = first(&stops) => End::Stopped(reason),
        end = all(&mut jobs, settings, &mut tick, &mut outcomes, &mut current) => end,
    };
    outcomes.extend(current.map(|name| (name, Outcome::Cancelled)));
    jobs.close();
    while let Some(job) = jobs.recv().await {
        left.push(job);
    }
    Report {
        end,
        outcomes,
        left,
    }
}

async fn first(stops: &[(&'static str, CancellationToken)]) -> &'static str {
    let mut waits: Vec<_> = stops
        .iter()
        .map(|(_, stop)| Box::pin(stop.cancelled()))
        .collect();
    poll_fn(|cx| {
        let mut ready = waits
            .iter_mut()
            .map(|wait| wait.as_mut().poll(cx).is_ready());
        match ready.position(|ready| ready) {
            Some(place) => Poll::Ready(stops[place].0),
            None => Poll::Pending,
        }
    })
    .await
}

async fn all(
    jobs: &mut mpsc::Receiver<Job>,
    settings: Settings,
    tick: &mut impl FnMut(),
    outcomes: &mut Vec<(&'static str, Outcome)>,
    current: &mut Option<&'static str>,
) -> End {
    let begin = Instant::now();
    let mut ticks = 0;
    let mut idle = begin + settings.idle;
    loop {
        let due = begin + settings.every * (ticks + 1);
        let job = select! {
            biased;
            () = sleep_until(due) => {
                tick();
                let passed = begin.elapsed().as_nanos() / settings.every.as_nanos();
                ticks = u32::try_from(passed).expect("a worker does not live that long");
                continue;
            }
            job = timeout_at(idle, jobs.recv()) => match job {
                Ok(Some(job)) => job,
                Ok(None) => return End::Closed,
                Err(_) => return End::Idle,
            },
        };
        *current = Some(job.name);
        let over = CancellationToken::new();
        let _guard = over.clone().drop_guard();
        let outcome = timeout(settings.limit, caught((job.work)(over))).await;
        *current = None;
        outcomes.push((job.name, outcome.unwrap_or(Outcome::TimedOut)));
        idle = Instant::now() + settings.idle;
    }
}

async fn caught(mut job: Pin<Box<dyn Future<Output = ()> + Send>>) -> Outcome {
    poll_fn(|cx| {
        let poll = catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(cx)));
        match poll {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(())) => Poll::Ready(Outcome::Done),
            Err(_) => Poll::Ready(Outcome::Panicked),
        }
    })
    .await
}

//! No tasks: what is polled here is dropped here, and nobody has to wait until it has ended. A panic is
//! caught around each poll.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::select;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

/// What a source gives: its hits, or why it has none.
pub type Answer = Pin<Box<dyn Future<Output = Result<Vec<String>, String>> + Send>>;

/// Where to search. To call it is to ask.
pub type Source = Box<dyn FnOnce() -> Answer + Send>;

/// How long a search may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Each source.
    pub source: Duration,
    /// All of it.
    pub total: Duration,
}

/// Why a source has given nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// It had not answered within its limit.
    TooSlow,
    /// It answered with this error.
    Failed(String),
    /// It panicked.
    Panicked,
}

/// What a search has found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The hits, in the order of the sources.
    pub hits: Vec<String>,
    /// Which of the sources that were asked have given nothing, by their places, and why.
    pub missed: Vec<(usize, Miss)>,
}

/// A search has not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// The time for all of it was over. This was found until then.
    OutOfTime(Findings),
    /// The caller wanted it to stop. This was found until then.
    Cancelled(Findings),
}

/// Asks the sources until there are `enough` hits.
///
/// # Errors
/// If it is stopped before it is done: by `limits.total`, or by `stop`.
///
/// # Panics
/// Outside a runtime.
pub async fn search(
    sources: Vec<Source>,
    enough: usize,
    limits: Limits,
    stop: CancellationToken,
) -> Result<Findings, Unfinished> {
    let over = Instant::now() + limits.total;
    let mut findings = Findings::default();
    for (place, source) in sources.into_iter().enumerate() {
        if findings.hits.len() >= enough {
            break;
        }
        let answer = timeout(limits.source, guarded(source));
        let answer = select! {
            biased;
            () = stop.cancelled() => return Err(Unfinished::Cancelled(findings)),
            answer = timeout_at(over, answer) => answer,
        };
        let Ok(answer) = answer else {
            return Err(Unfinished::OutOfTime(findings));
        };
        match answer.unwrap_or(Err(Miss::TooSlow)) {
            Ok(hits) => {
                let needed = enough - findings.hits.len();
                findings.hits.extend(hits.into_iter().take(needed));
            }
            Err(miss) => findings.missed.push((place, miss)),
        }
    }
    Ok(findings)
}

async fn guarded(source: Source) -> Result<Vec<String>, Miss> {
    let mut answer = catch_unwind(AssertUnwindSafe(source)).map_err(|_| Miss::Panicked)?;
    poll_fn(|cx| {
        let poll = AssertUnwindSafe(|| answer.as_mut().poll(cx));
        match catch_unwind(poll) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(answer)) => Poll::Ready(answer.map_err(Miss::Failed)),
            Err(_) => Poll::Ready(Err(Miss::Panicked)),
        }
    })
    .await
}

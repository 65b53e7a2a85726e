//! Wrong: divides the time for all of it among the sources beforehand.
//! Caught by: a_slow_source_costs_its_own_limit_and_no_more

use std::pin::Pin;
use std::time::Duration;

use tokio::select;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};
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
    let share = limits.total / u32::try_from(sources.len()).unwrap_or(1).max(1);
    let mut findings = Findings::default();
    for (place, source) in sources.into_iter().enumerate() {
        if findings.hits.len() >= enough {
            break;
        }
        if stop.is_cancelled() {
            return Err(Unfinished::Cancelled(findings));
        }
        let mut asked = JoinSet::new();
        asked.spawn(async move { source().await });
        let end = select! {
            // Asked first: if both are so, it was the caller.
            biased;
            () = stop.cancelled() => End::Cancelled,
            () = sleep_until(over) => End::OutOfTime,
            answer = timeout(share.min(limits.source), asked.join_next()) => match answer {
                Ok(Some(Ok(answer))) => End::Answer(answer.map_err(Miss::Failed)),
                Ok(_) => End::Answer(Err(Miss::Panicked)),
                Err(_) => End::Answer(Err(Miss::TooSlow)),
            },
        };
        // The set asks its task to end, and then waits until it has.
        asked.shutdown().await;
        match end {
            End::Cancelled => return Err(Unfinished::Cancelled(findings)),
            End::OutOfTime => return Err(Unfinished::OutOfTime(findings)),
            End::Answer(Ok(hits)) => {
                let needed = enough - findings.hits.len();
                findings.hits.extend(hits.into_iter().take(needed));
            }
            End::Answer(Err(miss)) => findings.missed.push((place, miss)),
        }
    }
    Ok(findings)
}

/// How the wait for a source ended.
enum End {
    Answer(Result<Vec<String>, Miss>),
    OutOfTime,
    Cancelled,
}

//! One clock that goes off at the earlier of two times; what it was is asked of the time afterwards.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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
        if stop.is_cancelled() {
            return Err(Unfinished::Cancelled(findings));
        }
        let clock = over.min(Instant::now() + limits.source);
        let mut answer = AbortOnDropHandle::new(tokio::spawn(async move { source().await }));
        let answered = timeout_at(clock, &mut answer);
        let answered = stop.run_until_cancelled(answered).await;
        if !matches!(answered, Some(Ok(_))) {
            answer.abort();
            let _ = answer.await;
        }
        match answered {
            _ if stop.is_cancelled() => return Err(Unfinished::Cancelled(findings)),
            Some(Ok(Ok(Ok(hits)))) => findings.hits.extend(hits),
            Some(Ok(Ok(Err(reason)))) => findings.missed.push((place, Miss::Failed(reason))),
            Some(Ok(Err(_))) => findings.missed.push((place, Miss::Panicked)),
            _ if clock == over => return Err(Unfinished::OutOfTime(findings)),
            _ => findings.missed.push((place, Miss::TooSlow)),
        }
    }
    findings.hits.truncate(enough);
    Ok(findings)
}

//! A loop that knows nothing of the time for all of it, and writes what it finds into something that it
//! only borrows. Whoever drops the loop still has that.

use std::pin::Pin;
use std::time::Duration;

use tokio::select;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
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
    let mut findings = Findings::default();
    let mut asked = JoinSet::new();
    let end: Result<(), fn(Findings) -> Unfinished> = select! {
        biased;
        () = stop.cancelled() => Err(Unfinished::Cancelled),
        () = ask_all(sources, enough, limits.source, &mut findings, &mut asked) => Ok(()),
        () = sleep(limits.total) => Err(Unfinished::OutOfTime),
    };
    asked.shutdown().await;
    match end {
        Ok(()) => Ok(findings),
        Err(unfinished) => Err(unfinished(findings)),
    }
}

async fn ask_all(
    sources: Vec<Source>,
    enough: usize,
    limit: Duration,
    findings: &mut Findings,
    asked: &mut JoinSet<Result<Vec<String>, String>>,
) {
    let mut sources = sources.into_iter().enumerate();
    while findings.hits.len() < enough
        && let Some((place, source)) = sources.next()
    {
        asked.spawn(async move { source().await });
        let miss = match timeout(limit, asked.join_next()).await {
            Ok(Some(Ok(Ok(mut hits)))) => {
                hits.truncate(enough - findings.hits.len());
                findings.hits.append(&mut hits);
                continue;
            }
            Ok(Some(Ok(Err(reason)))) => Miss::Failed(reason),
            Ok(_) => Miss::Panicked,
            Err(_) => Miss::TooSlow,
        };
        findings.missed.push((place, miss));
        asked.shutdown().await;
    }
}

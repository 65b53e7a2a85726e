//! # Search
//!
//! A search asks one archive after the other, and is done as soon as it has enough. A guide does this in
//! Go: a loop goes on to the next source whenever one fails. When the time is over they all fail, and the
//! caller gets nothing, and no error: nobody can tell "there is nothing" from "nobody had the time to
//! look". A second example cannot tell its own deadline from a caller who has gone.
//!
//! Below is a port. It is nearly right.
//!
//! The rules:
//!
//! - The sources are asked in their order, one at a time. A source is not asked before it is its turn.
//! - As soon as there are `enough` hits, no further source is asked, and the search is done. Of the last
//!   answer only as many hits are taken as are needed. If there are fewer when all sources have
//!   been asked, it is done all the same, and that is a success.
//! - A source has `limits.source` from when it is asked. If it has not answered by then, its answer is
//!   dropped, and the next one is asked. So it goes also if it fails or panics. All that is noted.
//! - All of it has `limits.total` from when the search is first polled. Then it is out of time, and says
//!   so with what it has found; it does not take longer, whatever the sources do.
//! - When `stop` is cancelled, the search ends at once, and says so with what it has found. If `stop` was
//!   cancelled before, no source is asked.
//! - If the search finds both when it looks, that its time is over and that `stop` is cancelled, it
//!   was the caller.
//! - When the search is over, the answers that it has asked for have ended or are dropped. A search that is
//!   dropped leaves nothing running.
//!
//! You may change everything in this file but the signatures of what is public.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::timeout;
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
    let mut found = Findings::default();
    let asking = ask_all(sources, enough, limits.source, stop.clone());
    if let Ok(findings) = timeout(limits.total, asking).await {
        found = findings;
    }
    if stop.is_cancelled() {
        return Err(Unfinished::Cancelled(found));
    }
    Ok(found)
}

async fn ask_all(
    sources: Vec<Source>,
    enough: usize,
    limit: Duration,
    stop: CancellationToken,
) -> Findings {
    let mut findings = Findings::default();
    for (place, source) in sources.into_iter().enumerate() {
        if stop.is_cancelled() || findings.hits.len() >= enough {
            break;
        }
        match timeout(limit, tokio::spawn(source())).await {
            Ok(Ok(Ok(hits))) => findings.hits.extend(hits),
            Ok(Ok(Err(reason))) => findings.missed.push((place, Miss::Failed(reason))),
            Ok(Err(_)) => findings.missed.push((place, Miss::Panicked)),
            Err(_) => findings.missed.push((place, Miss::TooSlow)),
        }
    }
    findings
}

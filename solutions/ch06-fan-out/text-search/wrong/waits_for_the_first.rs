//! Wrong: keeps the results in the order of the documents by waiting in that order: a slow one in
//! front takes the places of those behind it.
//! Caught by: a_slow_document_does_not_hold_up_the_next_one

use std::num::NonZeroUsize;

use futures::{StreamExt, stream};
use tokio_util::task::AbortOnDropHandle;

/// A line in which the word occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The document.
    pub document: String,
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// A read that was interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interrupted {
    /// What had been read until then.
    pub read: String,
    /// Why it went no further.
    pub why: String,
}

/// Why a document could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The read failed, and said why.
    Failed(String),
    /// The read panicked.
    Panicked,
}

/// What a search has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The lines in which the word occurs.
    pub matches: Vec<Match>,
    /// The documents that could not be read to their ends.
    pub unreadable: Vec<(String, Unreadable)>,
}

/// Searches the documents of a listing for a word.
///
/// # Errors
/// The error of the listing.
pub async fn search<R, Fut>(
    word: &str,
    listing: impl Future<Output = Result<Vec<String>, String>>,
    workers: NonZeroUsize,
    enough: NonZeroUsize,
    read: R,
) -> Result<Report, String>
where
    R: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<String, Interrupted>> + Send + 'static,
{
    let documents = listing.await?;
    let mut texts = stream::iter(documents)
        .map(|document| {
            let reading = AbortOnDropHandle::new(tokio::spawn(read(document.clone())));
            async move { (document, reading.await) }
        })
        .buffered(workers.get());
    let mut report = Report::default();
    while let Some((document, text)) = texts.next().await {
        let (text, unreadable) = match text {
            Ok(Ok(text)) => (text, None),
            Ok(Err(end)) => (end.read, Some(Unreadable::Failed(end.why))),
            Err(_) => (String::new(), Some(Unreadable::Panicked)),
        };
        report.matches.extend(matches(word, &document, &text));
        report
            .unreadable
            .extend(unreadable.map(|why| (document, why)));
        if report.matches.len() >= enough.get() {
            report.matches.truncate(enough.get());
            break;
        }
    }
    Ok(report)
}

fn matches(word: &str, document: &str, text: &str) -> Vec<Match> {
    let lines = text.lines().zip(1..);
    lines
        .filter(|(text, _)| text.contains(word))
        .map(|(text, line)| Match {
            document: document.to_owned(),
            line,
            text: text.to_owned(),
        })
        .collect()
}

//! Wrong: starts a task for each document and holds no more than the other end of a channel, so
//! nothing ends with the search.
//! Caught by: a_search_that_is_dropped_leaves_nothing_behind

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};

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
    let total = documents.len();
    let (texts, mut inbox) = mpsc::unbounded_channel();
    let (places, read) = (Arc::new(Semaphore::new(workers.get())), Arc::new(read));
    tokio::spawn(async move {
        for (number, document) in documents.into_iter().enumerate() {
            let place = Arc::clone(&places).acquire_owned().await;
            let (texts, read) = (texts.clone(), Arc::clone(&read));
            tokio::spawn(async move {
                let _place = place;
                let text = tokio::spawn(read(document.clone())).await;
                let _ = texts.send((number, document, text));
            });
        }
    });
    let mut early = BTreeMap::new();
    let mut report = Report::default();
    for next in 0..total {
        let (document, text) = loop {
            if let Some(text) = early.remove(&next) {
                break text;
            }
            let (number, document, text) = inbox.recv().await.expect("all of them are read");
            early.insert(number, (document, text));
        };
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

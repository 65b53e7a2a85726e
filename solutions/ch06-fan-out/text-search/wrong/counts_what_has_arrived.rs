//! Wrong: counts the matches of all documents that have arrived, whichever they are, and stops when
//! there are enough of them.
//! Caught by: enough_is_enough_for_any_number_of_workers

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;

use tokio::task::JoinSet;

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
    let mut documents = listing.await?.into_iter().enumerate();
    let mut reads = JoinSet::new();
    let mut reading = HashMap::new();
    let mut waiting = BTreeMap::new();
    let mut report = Report::default();
    let mut settled = 0;
    let mut arrived = 0;
    loop {
        while reads.len() < workers.get()
            && let Some((number, document)) = documents.next()
        {
            let read = reads.spawn(read(document.clone()));
            reading.insert(read.id(), (number, document));
        }
        let (id, end) = match reads.join_next_with_id().await {
            None => break,
            Some(Ok((id, Ok(text)))) => (id, (text, None)),
            Some(Ok((id, Err(Interrupted { read, why })))) => {
                (id, (read, Some(Unreadable::Failed(why))))
            }
            Some(Err(panic)) => (panic.id(), (String::new(), Some(Unreadable::Panicked))),
        };
        let (number, document) = reading.remove(&id).expect("each read has its document");
        arrived += matches(word, &document, &end.0).len();
        waiting.insert(number, (document, end));
        while let Some((document, (text, unreadable))) = waiting.remove(&settled) {
            settled += 1;
            report.matches.extend(matches(word, &document, &text));
            report
                .unreadable
                .extend(unreadable.map(|why| (document, why)));
        }
        if arrived >= enough.get() {
            for (document, (text, unreadable)) in waiting.into_values() {
                report.matches.extend(matches(word, &document, &text));
                report
                    .unreadable
                    .extend(unreadable.map(|why| (document, why)));
            }
            report.matches.truncate(enough.get());
            reads.shutdown().await;
            return Ok(report);
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

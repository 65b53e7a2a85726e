//! # Text search
//!
//! An archive is searched for a word, many documents at a time. A guide's search in Go walks a
//! directory, hands the files to four goroutines and gathers the matches from a channel. It throws the
//! error of the walk away, so that an archive which is not there has no matches. It stops at a line of
//! more than 64 KiB, and then prints none of the matches that it found before. And what it prints is in
//! the order in which the files were done.
//!
//! Below is a port that does better in most of this. It is nearly right.
//!
//! The rules:
//!
//! - `listing` says which documents there are, and in which order. If it fails, the search fails with
//!   its error, and nothing is read.
//! - A match is a line in which the word occurs as it is written, once or more often, with its number
//!   from 1. Lines may be of any length. The matches are in the order of the documents, and in each in
//!   the order of its lines.
//! - A document whose read fails, or panics, is reported as unreadable, in the order of the documents.
//!   What had been read of it until then is searched like any other text. The others go on.
//! - `enough` matches are enough. The report is the one that a single reader would make, who goes from
//!   document to document in their order, notes the matches in the document, and whether it was
//!   unreadable, and stops after the one in which the matches become `enough`. What is more than
//!   `enough` is left out. So the report is the same for any number of workers.
//! - At most `workers` documents are being read at a time, and each is read at most once. While fewer
//!   are, the next one begins, in the order of the listing.
//! - The search returns as soon as its report is settled, and waits for no read that is not needed for
//!   it. Then nothing that it started is still running. The same holds if the caller loses interest and
//!   drops it half-way.
//!
//! You may change everything in this file but the signatures of what is public.

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
    let places = Arc::new(Semaphore::new(workers.get()));
    let (results, mut inbox) = mpsc::channel(documents.len().max(1));
    for (number, document) in documents.into_iter().enumerate() {
        let place = Arc::clone(&places).acquire_owned().await;
        let (results, reading) = (results.clone(), read(document.clone()));
        tokio::spawn(async move {
            let _place = place;
            let _ = results.send((number, document, reading.await)).await;
        });
    }
    drop(results);

    let mut all = Vec::new();
    while let Some(result) = inbox.recv().await {
        all.push(result);
    }
    all.sort_by_key(|(number, ..)| *number);
    let mut report = Report::default();
    for (_, document, text) in all {
        match text {
            Ok(text) => report.matches.extend(matches(word, &document, &text)),
            Err(interrupted) => {
                let why = Unreadable::Failed(interrupted.why);
                report.unreadable.push((document, why));
            }
        }
        if report.matches.len() >= enough.get() {
            break;
        }
    }
    report.matches.truncate(enough.get());
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

//! Futures in one task, as many as there are workers. Nothing has to be stopped: what is dropped is
//! over. A panic is caught where it is polled.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use futures::{StreamExt, stream};

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
    let mut texts = stream::iter(documents.into_iter().enumerate())
        .map(|(number, document)| {
            let reading = caught(read(document.clone()));
            async move { (number, (document, reading.await)) }
        })
        .buffer_unordered(workers.get());
    let mut early = BTreeMap::new();
    let mut report = Report::default();
    let mut next = 0;
    while let Some((number, text)) = texts.next().await {
        early.insert(number, text);
        while let Some((document, text)) = early.remove(&next) {
            next += 1;
            let (text, unreadable) = match text {
                Some(Ok(text)) => (text, None),
                Some(Err(end)) => (end.read, Some(Unreadable::Failed(end.why))),
                None => (String::new(), Some(Unreadable::Panicked)),
            };
            let room = enough.get() - report.matches.len();
            let matches = matches(word, &document, &text).into_iter().take(room);
            report.matches.extend(matches);
            if let Some(why) = unreadable {
                report.unreadable.push((document, why));
            }
            if report.matches.len() == enough.get() {
                return Ok(report);
            }
        }
    }
    Ok(report)
}

/// What a future comes to, or nothing if it panics.
async fn caught<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        },
    )
    .await
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

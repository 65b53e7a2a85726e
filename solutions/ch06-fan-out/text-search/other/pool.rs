//! Workers that take documents from a pile, and a slot for each document. Whoever fills a slot
//! wakes the one who goes through them in their order. A worker that dies leaves its slot to its
//! guard.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
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

type Text = Result<String, (String, Unreadable)>;

/// What the workers share.
struct Desk {
    pile: Mutex<std::iter::Enumerate<std::vec::IntoIter<String>>>,
    slots: Mutex<Vec<Option<Text>>>,
    news: Notify,
}

/// The duty to fill a slot.
struct Duty<'a> {
    desk: &'a Desk,
    number: usize,
    text: Option<Text>,
}

impl Drop for Duty<'_> {
    fn drop(&mut self) {
        let panicked = Err((String::new(), Unreadable::Panicked));
        let text = self.text.take().unwrap_or(panicked);
        let slots = self.desk.slots.lock();
        slots.unwrap_or_else(PoisonError::into_inner)[self.number] = Some(text);
        self.desk.news.notify_one();
    }
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
    let names = documents.clone();
    let desk = Arc::new(Desk {
        slots: Mutex::new(documents.iter().map(|_| None).collect()),
        pile: Mutex::new(documents.into_iter().enumerate()),
        news: Notify::new(),
    });
    let read = Arc::new(read);
    let mut pool = JoinSet::new();
    let start = |pool: &mut JoinSet<()>| {
        let (desk, read) = (Arc::clone(&desk), Arc::clone(&read));
        pool.spawn(async move {
            while let Some((number, document)) = next(&desk) {
                let mut duty = Duty {
                    desk: &desk,
                    number,
                    text: None,
                };
                let text = read(document).await;
                duty.text = Some(text.map_err(|end| (end.read, Unreadable::Failed(end.why))));
            }
        });
    };
    for _ in 0..workers.get().min(names.len()) {
        start(&mut pool);
    }

    let mut report = Report::default();
    for (number, document) in names.into_iter().enumerate() {
        let text = loop {
            if let Some(text) = desk.slots.lock().unwrap()[number].take() {
                break text;
            }
            tokio::select! {
                () = desk.news.notified() => {}
                // Who has panicked is replaced; there may be more to read.
                Some(Err(_)) = pool.join_next() => start(&mut pool),
            }
        };
        match text {
            Ok(text) => report.matches.extend(matches(word, &document, &text)),
            Err((text, why)) => {
                report.matches.extend(matches(word, &document, &text));
                report.unreadable.push((document, why));
            }
        }
        if report.matches.len() >= enough.get() {
            report.matches.truncate(enough.get());
            break;
        }
    }
    pool.shutdown().await;
    Ok(report)
}

fn next(desk: &Desk) -> Option<(usize, String)> {
    desk.pile.lock().unwrap().next()
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

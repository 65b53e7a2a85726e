//! # Subtitles
//!
//! A talk is translated while it is held: its lines come one by one, several translators work at the
//! same time, and the subtitles appear in the order in which the lines were spoken. In Go this is a
//! goroutine and a channel for each line, and a channel of those channels. Guides leave that out: they
//! show a goroutine for each element of a list, or workers whose results arrive in any order.
//!
//! Below is a version that is a single expression. It is nearly right.
//!
//! The rules, in which a line is *out* from the moment when it is taken from the source until `next`
//! returns its translation:
//!
//! - [`Subtitles::next`] returns the translations in the order of the lines, one for each. After the last
//!   it returns `None`, and goes on to do so.
//! - At most `at_most` lines are out. While fewer are, the next line is taken as soon as there is one, and
//!   its translation begins at once: whether or not somebody is in `next`, whatever becomes of the lines
//!   before it, and whether or not another line comes after it.
//! - What has begun goes on in the same way, also while nobody is in `next`.
//! - `next` returns as soon as the translation whose turn it is is there. A `next` that is dropped
//!   changes nothing, at whatever moment: what it would have returned is what the next one returns.
//! - A translation that fails or panics is the result for that one line; the others go on.
//! - When the `Subtitles` are dropped, all of it stops: no line is taken any more, the source is dropped,
//!   and nothing that was started goes on.
//! - While there is nothing to do, nothing is done: no polling.
//!
//! You may change everything in this file but the signatures of what is public. `Subtitles` may get
//! fields, and keeps its one type parameter.

use std::num::NonZeroUsize;
use std::pin::Pin;

use futures::{Stream, StreamExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Why there is no translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untranslated {
    /// The translation failed, and said why.
    Failed(String),
    /// The translation panicked.
    Panicked,
}

/// The translated lines, in their order.
pub struct Subtitles<T> {
    lines: Pin<Box<dyn Stream<Item = Result<T, Untranslated>> + Send>>,
}

impl<T: Send + 'static> Subtitles<T> {
    /// Begins to translate the lines that come from `source`.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new<F, Fut>(source: mpsc::Receiver<String>, at_most: NonZeroUsize, translate: F) -> Self
    where
        F: Fn(String) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T, String>> + Send + 'static,
    {
        let translated = ReceiverStream::new(source)
            .map(move |line| tokio::spawn(translate(line)))
            .buffered(at_most.get())
            .map(|end| match end {
                Ok(translation) => translation.map_err(Untranslated::Failed),
                Err(_) => Err(Untranslated::Panicked),
            });
        Self {
            lines: translated.boxed(),
        }
    }

    /// The translation of the next line; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Untranslated>> {
        self.lines.next().await
    }
}

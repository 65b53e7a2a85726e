//! Wrong: a stream with a window: nothing is taken or begun unless the reader is in `next`.
//! Caught by: lines_are_translated_at_the_same_time_before_anybody_asks, work_goes_on_while_the_reader_is_busy

use std::num::NonZeroUsize;
use std::pin::Pin;

use futures::{Stream, StreamExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::task::AbortOnDropHandle;

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
            .map(move |line| AbortOnDropHandle::new(tokio::spawn(translate(line))))
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

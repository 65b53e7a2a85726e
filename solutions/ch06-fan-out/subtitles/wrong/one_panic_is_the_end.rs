//! Wrong: takes a line that panics for the last.
//! Caught by: a_line_that_fails_or_panics_is_one_result_among_others

use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::task::AbortOnDropHandle;

/// Why there is no translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untranslated {
    /// The translation failed, and said why.
    Failed(String),
    /// The translation panicked.
    Panicked,
}

/// A line that is being translated, and takes a place.
struct Out<T> {
    translation: AbortOnDropHandle<Result<T, String>>,
    _place: OwnedSemaphorePermit,
}

/// The translated lines, in their order.
pub struct Subtitles<T> {
    out: mpsc::UnboundedReceiver<Out<T>>,
    /// Whose turn it is. It stays here while it is waited for, as the wait may be given up.
    turn: Option<Out<T>>,
    _taker: AbortOnDropHandle<()>,
}

impl<T: Send + 'static> Subtitles<T> {
    /// Begins to translate the lines that come from `source`.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new<F, Fut>(
        mut source: mpsc::Receiver<String>,
        at_most: NonZeroUsize,
        translate: F,
    ) -> Self
    where
        F: Fn(String) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T, String>> + Send + 'static,
    {
        // The places are the bound; this holds as many lines as there are places.
        let (outs, out) = mpsc::unbounded_channel();
        let places = Arc::new(Semaphore::new(at_most.get()));
        let taker = tokio::spawn(async move {
            while let Ok(place) = Arc::clone(&places).acquire_owned().await
                && let Some(line) = source.recv().await
            {
                let translation = AbortOnDropHandle::new(tokio::spawn(translate(line)));
                // If nobody is there to receive it, this task is about to be aborted.
                let _ = outs.send(Out {
                    translation,
                    _place: place,
                });
            }
        });
        Self {
            out,
            turn: None,
            _taker: AbortOnDropHandle::new(taker),
        }
    }

    /// The translation of the next line; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Untranslated>> {
        if self.turn.is_none() {
            self.turn = Some(self.out.recv().await?);
        }
        let end = (&mut self.turn.as_mut()?.translation).await;
        self.turn = None;
        Some(end.ok()?.map_err(Untranslated::Failed))
    }
}

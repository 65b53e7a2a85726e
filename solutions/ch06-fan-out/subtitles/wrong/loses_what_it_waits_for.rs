//! Wrong: takes the translation whose turn it is into its own hands and waits there: a call that is
//! dropped drops it too.
//! Caught by: a_call_that_is_given_up_loses_nothing

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
            _taker: AbortOnDropHandle::new(taker),
        }
    }

    /// The translation of the next line; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Untranslated>> {
        let out = self.out.recv().await?;
        let end = out.translation.await;
        Some(match end {
            Ok(translation) => translation.map_err(Untranslated::Failed),
            Err(_) => Err(Untranslated::Panicked),
        })
    }
}

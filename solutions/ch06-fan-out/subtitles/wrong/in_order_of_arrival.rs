//! Wrong: returns what is translated first.
//! Caught by: translations_come_in_the_order_of_the_lines

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

type Out<T> = (Result<T, Untranslated>, OwnedSemaphorePermit);

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
        let (outs, out) = mpsc::unbounded_channel();
        let places = Arc::new(Semaphore::new(at_most.get()));
        let taker = tokio::spawn(async move {
            let mut booth = tokio::task::JoinSet::new();
            while let Ok(place) = Arc::clone(&places).acquire_owned().await
                && let Some(line) = source.recv().await
            {
                let (outs, translating) = (outs.clone(), translate(line));
                booth.spawn(async move {
                    let task = AbortOnDropHandle::new(tokio::spawn(translating));
                    let translation = match task.await {
                        Ok(translation) => translation.map_err(Untranslated::Failed),
                        Err(_) => Err(Untranslated::Panicked),
                    };
                    let _ = outs.send((translation, place));
                });
            }
            drop(outs);
            while booth.join_next().await.is_some() {}
        });
        Self {
            out,
            _taker: AbortOnDropHandle::new(taker),
        }
    }

    /// The translation of the next line; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Untranslated>> {
        let (translation, _place) = self.out.recv().await?;
        Some(translation)
    }
}

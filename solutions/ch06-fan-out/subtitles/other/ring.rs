//! As many translators as lines may be out, in a ring. Whoever has the source takes a line, hands
//! the source to the neighbour, and is busy until the line is returned. So the order is that of the
//! ring, and nobody counts anything.

use std::num::NonZeroUsize;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

/// Why there is no translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untranslated {
    /// The translation failed, and said why.
    Failed(String),
    /// The translation panicked.
    Panicked,
}

type Source = mpsc::Receiver<String>;
type Translation<T> = Result<T, Untranslated>;

/// The translated lines, in their order.
pub struct Subtitles<T> {
    desks: Vec<mpsc::Receiver<Translation<T>>>,
    turn: usize,
    _translators: JoinSet<()>,
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
        let translate = std::sync::Arc::new(translate);
        let (first, mut take) = mpsc::channel::<Source>(1);
        first.try_send(source).expect("there is room for one");
        let mut first = Some(first);
        let (mut desks, mut translators) = (Vec::new(), JoinSet::new());
        for number in 1..=at_most.get() {
            let (hand_on, neighbour) = match first.take_if(|_| number == at_most.get()) {
                Some(first) => (first, None),
                None => {
                    let (hand_on, neighbour) = mpsc::channel(1);
                    (hand_on, Some(neighbour))
                }
            };
            let (desk, results) = mpsc::channel(1);
            desks.push(results);
            let translate = std::sync::Arc::clone(&translate);
            let mut mine = take;
            translators.spawn(async move {
                while let Some(mut source) = mine.recv().await
                    && let Some(line) = source.recv().await
                    && hand_on.send(source).await.is_ok()
                {
                    let task = AbortOnDropHandle::new(tokio::spawn(translate(line)));
                    let translation = match task.await {
                        Ok(translation) => translation.map_err(Untranslated::Failed),
                        Err(_) => Err(Untranslated::Panicked),
                    };
                    // There is room again as soon as it is returned.
                    if desk.send(translation).await.is_err() || desk.reserve().await.is_err() {
                        break;
                    }
                }
            });
            match neighbour {
                Some(neighbour) => take = neighbour,
                None => break,
            }
        }
        Self {
            desks,
            turn: 0,
            _translators: translators,
        }
    }

    /// The translation of the next line; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Untranslated>> {
        let translation = self.desks[self.turn].recv().await;
        if translation.is_some() {
            self.turn = (self.turn + 1) % self.desks.len();
        }
        translation
    }
}

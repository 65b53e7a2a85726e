//! A window of results, one for each line that is out. One task has the source and all
//! translations; whoever changes the window tells the other side.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::select;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

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
    shared: Arc<Shared<T>>,
    _booth: JoinSet<()>,
}

struct Shared<T> {
    window: Mutex<Window<T>>,
    room: Notify,
    news: Notify,
}

struct Window<T> {
    /// How many lines were returned before these.
    first: usize,
    /// The lines that are out, with their translations as soon as they are there.
    out: VecDeque<Option<Result<T, Untranslated>>>,
    is_over: bool,
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
        let window = Window {
            first: 0,
            out: VecDeque::new(),
            is_over: false,
        };
        let shared = Arc::new(Shared {
            window: Mutex::new(window),
            room: Notify::new(),
            news: Notify::new(),
        });
        let mut booth = JoinSet::new();
        booth.spawn(run(Arc::clone(&shared), source, at_most.get(), translate));
        Self {
            shared,
            _booth: booth,
        }
    }

    /// The translation of the next line; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Untranslated>> {
        loop {
            let is_over = {
                let mut window = self.shared.window.lock().unwrap();
                if let Some(Some(_)) = window.out.front() {
                    window.first += 1;
                    self.shared.room.notify_one();
                    return window.out.pop_front().flatten();
                }
                window.is_over && window.out.is_empty()
            };
            if is_over {
                return None;
            }
            self.shared.news.notified().await;
        }
    }
}

async fn run<T, F, Fut>(
    shared: Arc<Shared<T>>,
    mut source: mpsc::Receiver<String>,
    at_most: usize,
    translate: F,
) where
    T: Send + 'static,
    F: Fn(String) -> Fut,
    Fut: Future<Output = Result<T, String>> + Send + 'static,
{
    let mut translations = JoinSet::new();
    let mut numbers = HashMap::new();
    let mut is_over = false;
    while !is_over || !translations.is_empty() {
        let has_room = shared.window.lock().unwrap().out.len() < at_most;
        let (id, translation) = select! {
            line = source.recv(), if has_room && !is_over => {
                let mut window = shared.window.lock().unwrap();
                match line {
                    Some(line) => {
                        let number = window.first + window.out.len();
                        window.out.push_back(None);
                        numbers.insert(translations.spawn(translate(line)).id(), number);
                    }
                    None => {
                        is_over = true;
                        window.is_over = true;
                        shared.news.notify_one();
                    }
                }
                continue;
            }
            Some(end) = translations.join_next_with_id() => match end {
                Ok((id, translation)) => (id, translation.map_err(Untranslated::Failed)),
                Err(panic) => (panic.id(), Err(Untranslated::Panicked)),
            },
            () = shared.room.notified() => continue,
        };
        let number = numbers.remove(&id).expect("each translation has a number");
        let mut window = shared.window.lock().unwrap();
        let place = number - window.first;
        window.out[place] = Some(translation);
        shared.news.notify_one();
    }
}

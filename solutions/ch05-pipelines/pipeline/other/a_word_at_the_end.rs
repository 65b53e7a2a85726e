//! Right: stages pass words on, an item or "no more", and a board says what has become of them.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// What goes through: a line of a report.
pub type Item = String;

/// What a stage does with an item.
pub type Work =
    Box<dyn FnMut(Item) -> Pin<Box<dyn Future<Output = Result<Item, String>> + Send>> + Send>;

/// A stage of a pipeline.
pub struct Stage {
    /// What it is called.
    pub name: &'static str,
    /// What it does.
    pub work: Work,
}

/// Why a pipeline did not end well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A stage returned this error.
    Failed(&'static str, String),
    /// A stage panicked.
    Panicked(&'static str),
    /// The time was over.
    TimedOut,
}

/// What stages say to each other.
enum Word {
    Item(Item),
    NoMore,
}

/// Where items are put in. Clones lead to the same pipeline.
#[derive(Clone)]
pub struct Input {
    door: Arc<Door>,
}

struct Door {
    /// So many items may come in; closed when none may any more.
    places: Semaphore,
    to: mpsc::UnboundedSender<Word>,
}

/// Where items come out.
pub struct Output {
    from: mpsc::Receiver<Word>,
}

/// A pipeline that runs.
pub struct Pipeline {
    door: Arc<Door>,
    stages: JoinSet<()>,
    board: Arc<Board>,
}

#[derive(Default)]
struct Board {
    failure: Mutex<Option<Failure>>,
    failed: CancellationToken,
}

impl Board {
    fn write(&self, failure: Failure) {
        self.failure.lock().unwrap().get_or_insert(failure);
        self.failed.cancel();
    }

    fn result(&self) -> Result<(), Failure> {
        self.failure.lock().unwrap().take().map_or(Ok(()), Err)
    }
}

impl Pipeline {
    /// Starts the stages, with so much room before, between and behind them.
    ///
    /// # Panics
    /// If there is no stage, or no room, or outside a runtime.
    pub fn start(stages: Vec<Stage>, room: usize) -> (Input, Output, Self) {
        assert!(
            !stages.is_empty() && room > 0,
            "a pipeline has stages and room"
        );
        let (to, first) = mpsc::unbounded_channel();
        let door = Arc::new(Door {
            places: Semaphore::new(room),
            to,
        });
        let board = Arc::new(Board::default());
        let mut tasks = JoinSet::new();
        let mut source = Source::Door(first, Arc::clone(&door));
        for stage in stages {
            let (next, out) = mpsc::channel(room);
            let guard = Guard {
                name: stage.name,
                board: Arc::clone(&board),
                door: Arc::clone(&door),
            };
            tasks.spawn(run(stage, source, next, guard));
            source = Source::Stage(out);
        }
        let Source::Stage(from) = source else {
            unreachable!("there is a stage")
        };
        let pipeline = Self {
            door: Arc::clone(&door),
            stages: tasks,
            board,
        };
        (Input { door }, Output { from }, pipeline)
    }

    /// Accepts no more items and lets those that were accepted come out, for at most so long.
    ///
    /// # Errors
    /// If a stage failed, or the time was over.
    pub async fn shutdown(mut self, limit: Duration) -> Result<(), Failure> {
        let deadline = Instant::now() + limit;
        self.door.close();
        let all = async {
            while let Some(end) = self.stages.join_next().await {
                // A panic has been written down by its guard.
                drop(end);
            }
        };
        if timeout_at(deadline, all).await.is_err() {
            self.board.write(Failure::TimedOut);
            self.stages.shutdown().await;
        }
        self.board.result()
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        self.door.places.close();
    }
}

impl Door {
    fn close(&self) {
        if !self.places.is_closed() {
            self.places.close();
            // The first stage may have gone.
            let _ = self.to.send(Word::NoMore);
        }
    }
}

/// Where a stage takes from.
enum Source {
    Door(mpsc::UnboundedReceiver<Word>, Arc<Door>),
    Stage(mpsc::Receiver<Word>),
}

impl Source {
    async fn next(&mut self) -> Option<Item> {
        let word = match self {
            Self::Door(from, door) => {
                let word = from.recv().await;
                door.places.add_permits(1);
                word
            }
            Self::Stage(from) => from.recv().await,
        };
        match word? {
            Word::Item(item) => Some(item),
            Word::NoMore => None,
        }
    }
}

/// Writes down how a stage ended, if it ended badly.
struct Guard {
    name: &'static str,
    board: Arc<Board>,
    door: Arc<Door>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.board.write(Failure::Panicked(self.name));
        }
        self.door.close();
    }
}

async fn run(mut stage: Stage, mut from: Source, to: mpsc::Sender<Word>, guard: Guard) {
    let failed = guard.board.failed.clone();
    let working = async {
        while let Some(item) = from.next().await {
            match (stage.work)(item).await {
                Ok(item) => {
                    if to.send(Word::Item(item)).await.is_err() {
                        return;
                    }
                }
                Err(error) => return guard.board.write(Failure::Failed(guard.name, error)),
            }
        }
        let _ = to.send(Word::NoMore).await;
    };
    failed.run_until_cancelled(working).await;
}

impl Input {
    /// Puts an item in, as soon as there is room.
    ///
    /// # Errors
    /// Gives the item back if the pipeline accepts nothing any more.
    pub async fn put(&self, item: Item) -> Result<(), Item> {
        match self.door.places.acquire().await {
            Ok(place) if self.door.to.send(Word::Item(item.clone())).is_ok() => {
                place.forget();
                Ok(())
            }
            _ => Err(item),
        }
    }
}

impl Output {
    /// The next item; `None` when there will be no more.
    pub async fn next(&mut self) -> Option<Item> {
        match self.from.recv().await? {
            Word::Item(item) => Some(item),
            Word::NoMore => None,
        }
    }
}

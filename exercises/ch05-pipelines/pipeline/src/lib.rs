//! # Pipeline
//!
//! Stages in a row, each a task of its own, that work, fail and stop together. A guide has a "complete
//! implementation" of it in Go. It has three errors of compilation; its predecessors lose what was accepted
//! when they are shut down, leave the stage behind that is stuck, and leave the output open.
//!
//! Below is a port that compiles. It is nearly right.
//!
//! The rules, in which an item is *accepted* when its `put` returns `Ok`:
//!
//! - Accepted items go through all stages, in the order of the list, and come out in the order in which they
//!   were accepted. Each stage works on one item at a time; different stages work at the same time.
//! - Between two stages, before the first, and behind the last, up to `room` items wait. If they are full,
//!   the stage before waits, and in the end `put` does.
//! - From the moment when `shutdown` is called, `put` gives items back at once, also those that wait for
//!   room. What was accepted still goes through and comes out. `shutdown` returns when all of it has left
//!   the last stage; it does not matter who still holds an `Input`. `Output` hands out the rest, and ends.
//! - A stage fails if its work returns an error or panics. Then every other stage stops where it stands, no
//!   further item begins in any stage, `put` gives items back at once, `Output` hands out what had come out,
//!   and ends. `shutdown` tells of the first failure; if it is called later, it still does, at once.
//! - If the limit passes before everything has left the last stage, what is left is dropped where it stands,
//!   and then `shutdown` returns `TimedOut`. There is one limit, however many stages there are.
//! - If the `Output` is dropped, nothing more is wanted: the stages stop, and `put` gives items back, as soon
//!   as a stage wants to hand something on.
//! - When `shutdown` has returned, or the `Pipeline` was dropped, nothing that it started goes on.
//!
//! You may change everything in this file but the signatures of what is public.

use std::pin::Pin;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

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

/// Where items are put in. Clones lead to the same pipeline.
#[derive(Clone)]
pub struct Input {
    to: mpsc::Sender<Item>,
}

/// Where items come out.
pub struct Output {
    from: mpsc::Receiver<Item>,
}

/// A pipeline that runs.
pub struct Pipeline {
    closing: CancellationToken,
    stages: TaskTracker,
}

impl Pipeline {
    /// Starts the stages, with so much room before, between and behind them.
    ///
    /// # Panics
    /// If there is no stage, or no room, or outside a runtime.
    pub fn start(stages: Vec<Stage>, room: usize) -> (Input, Output, Self) {
        assert!(!stages.is_empty(), "a pipeline has stages");
        let closing = CancellationToken::new();
        let running = TaskTracker::new();
        let (to, mut from) = mpsc::channel(room);
        for stage in stages {
            let (next, out) = mpsc::channel(room);
            running.spawn(run(stage, from, next, closing.clone()));
            from = out;
        }
        let pipeline = Self {
            closing,
            stages: running,
        };
        (Input { to }, Output { from }, pipeline)
    }

    /// Accepts no more items and lets those that were accepted come out, for at most so long.
    ///
    /// # Errors
    /// If a stage failed, or the time was over.
    pub async fn shutdown(self, limit: Duration) -> Result<(), Failure> {
        self.closing.cancel();
        self.stages.close();
        match timeout(limit, self.stages.wait()).await {
            Ok(()) => Ok(()),
            Err(_) => Err(Failure::TimedOut),
        }
    }
}

impl Input {
    /// Puts an item in, as soon as there is room.
    ///
    /// # Errors
    /// Gives the item back if the pipeline accepts nothing any more.
    pub async fn put(&self, item: Item) -> Result<(), Item> {
        self.to.send(item).await.map_err(|error| error.0)
    }
}

impl Output {
    /// The next item; `None` when there will be no more.
    pub async fn next(&mut self) -> Option<Item> {
        self.from.recv().await
    }
}

async fn run(
    mut stage: Stage,
    mut from: mpsc::Receiver<Item>,
    to: mpsc::Sender<Item>,
    closing: CancellationToken,
) {
    loop {
        tokio::select! {
            Some(item) = from.recv() => {
                let Ok(item) = (stage.work)(item).await else {
                    return;
                };
                if to.send(item).await.is_err() {
                    return;
                }
            }
            () = closing.cancelled() => return,
            else => return,
        }
    }
}

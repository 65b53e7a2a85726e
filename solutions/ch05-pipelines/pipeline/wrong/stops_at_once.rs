//! Wrong: ends all stages when the shutdown is called.
//! Caught by: what_was_accepted_comes_out_after_the_shutdown_whoever_could_still_put

use std::collections::HashMap;
use std::pin::Pin;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{Id, JoinSet};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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
    closing: CancellationToken,
}

/// Where items come out.
pub struct Output {
    from: mpsc::Receiver<Item>,
}

/// A pipeline that runs.
pub struct Pipeline {
    closing: CancellationToken,
    too_late: CancellationToken,
    end: AbortOnDropHandle<Result<(), Failure>>,
}

impl Pipeline {
    /// Starts the stages, with so much room before, between and behind them.
    ///
    /// # Panics
    /// If there is no stage, or no room, or outside a runtime.
    pub fn start(stages: Vec<Stage>, room: usize) -> (Input, Output, Self) {
        assert!(!stages.is_empty(), "a pipeline has stages");
        let (closing, too_late) = (CancellationToken::new(), CancellationToken::new());
        let mut running = Running::default();
        let (to, mut from) = mpsc::channel(room);
        // Only the first one closes its input; the end of the others follows from that.
        let mut closes_at = closing.clone();
        for stage in stages {
            let (next, out) = mpsc::channel(room);
            let name = stage.name;
            let task = running.tasks.spawn(run(stage, from, next, closes_at));
            running.names.insert(task.id(), name);
            (from, closes_at) = (out, CancellationToken::new());
        }
        let end = tokio::spawn(running.see_to_it(too_late.clone()));
        let input = Input {
            to,
            closing: closing.clone(),
        };
        let pipeline = Self {
            closing,
            too_late,
            end: AbortOnDropHandle::new(end),
        };
        (input, Output { from }, pipeline)
    }

    /// Accepts no more items and lets those that were accepted come out, for at most so long.
    ///
    /// # Errors
    /// If a stage failed, or the time was over.
    pub async fn shutdown(mut self, limit: Duration) -> Result<(), Failure> {
        self.closing.cancel();
        let end = match timeout(limit, &mut self.end).await {
            Ok(end) => end,
            Err(_) => {
                self.too_late.cancel();
                (&mut self.end).await
            }
        };
        end.expect("nobody ends the one who looks after the stages")
    }
}

impl Input {
    /// Puts an item in, as soon as there is room.
    ///
    /// # Errors
    /// Gives the item back if the pipeline accepts nothing any more.
    pub async fn put(&self, item: Item) -> Result<(), Item> {
        match self.closing.run_until_cancelled(self.to.reserve()).await {
            Some(Ok(place)) => {
                place.send(item);
                Ok(())
            }
            Some(Err(_)) | None => Err(item),
        }
    }
}

impl Output {
    /// The next item; `None` when there will be no more.
    pub async fn next(&mut self) -> Option<Item> {
        self.from.recv().await
    }
}

/// The stages, and who is who.
#[derive(Default)]
struct Running {
    tasks: JoinSet<Result<(), Failure>>,
    names: HashMap<Id, &'static str>,
}

impl Running {
    /// Waits until all have ended; at the first failure, or when it is too late, ends them.
    async fn see_to_it(mut self, too_late: CancellationToken) -> Result<(), Failure> {
        let failure = loop {
            let end = tokio::select! {
                biased;
                end = self.tasks.join_next_with_id() => end,
                () = too_late.cancelled() => break Failure::TimedOut,
            };
            match end {
                None => return Ok(()),
                Some(Ok((_, Ok(())))) => {}
                Some(Ok((_, Err(failure)))) => break failure,
                Some(Err(panic)) => break Failure::Panicked(self.names[&panic.id()]),
            }
        };
        self.tasks.shutdown().await;
        Err(failure)
    }
}

async fn run(
    mut stage: Stage,
    mut from: mpsc::Receiver<Item>,
    to: mpsc::Sender<Item>,
    closing: CancellationToken,
) -> Result<(), Failure> {
    loop {
        let item = tokio::select! {
            biased;
            () = closing.cancelled() => return Ok(()),
            item = from.recv() => item,
        };
        let Some(item) = item else {
            return Ok(());
        };
        let worked = (stage.work)(item).await;
        let item = worked.map_err(|error| Failure::Failed(stage.name, error))?;
        if to.send(item).await.is_err() {
            return Ok(());
        }
    }
}

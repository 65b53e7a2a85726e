//! The futures at the bottom of all others.

use std::fmt;
use std::sync::Arc;
use std::task::{Poll, ready};

use super::super::{Blocked, Edge, LaneId, Object, Place, Touch, Turn, aside, lane_name};
use super::{budget, with};
use crate::source::Spot;
use crate::tasks::NotedAwait;
use crate::world::World;

/// What knows more about a wait that does not end than its object does.
pub trait Explain: fmt::Debug + Send + Sync {
    /// Adds what it knows, such as who would have to act. It is asked when all stand still.
    fn explain(&self, blocked: Blocked) -> Blocked;
}

/// One `.await` of a future that the runtime knows.
#[derive(Debug)]
pub struct Await<'a> {
    place: Place,
    /// Whether a reader is shown the line that awaits it instead of `place`.
    at_the_caller: bool,
    on: On<'a>,
    what: &'static str,
    explained_by: Option<Arc<dyn Explain>>,
    /// Whether being ready changes nothing for others.
    only_reads: bool,
    /// Whether it neither asks for budget nor spends any.
    free: bool,
    progress: Progress,
    /// Where it is written down that a lane waits for this.
    noted: Option<NotedAwait>,
}

#[derive(Clone, Debug)]
enum On<'a> {
    Object(&'a Object),
    Shared(Arc<Object>),
    Lane(LaneId),
    Nothing,
}

impl On<'_> {
    fn object(&self) -> Option<&Object> {
        match self {
            On::Object(object) => Some(object),
            On::Shared(object) => Some(object),
            On::Lane(_) | On::Nothing => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// Not polled yet.
    New,
    /// Polled, and not pending so far.
    Begun,
    /// Pending: it may stand in a queue of the object.
    Waits,
    Over,
}

impl<'a> Await<'a> {
    /// Waits at `place` for an object. `what` is a clause that its name completes:
    /// `waits for lock`.
    pub fn on(place: Place, object: &'a Object, what: &'static str) -> Self {
        Await::new(place, On::Object(object), what)
    }

    /// Like [`Await::on`], for a future that outlives a borrow.
    pub fn on_shared(place: Place, object: Arc<Object>, what: &'static str) -> Self {
        Await::new(place, On::Shared(object), what)
    }

    /// Waits for the end of a lane.
    pub fn by(place: Place, lane: LaneId) -> Self {
        Await::new(place, On::Lane(lane), "")
    }

    /// Waits for something without a name: `what` is a whole clause, such as `sleeps`.
    pub fn plain(place: Place, what: &'static str) -> Self {
        Await::new(place, On::Nothing, what)
    }

    fn new(place: Place, on: On<'a>, what: &'static str) -> Self {
        Await {
            place,
            at_the_caller: false,
            on,
            what,
            explained_by: None,
            only_reads: false,
            free: false,
            progress: Progress::New,
            noted: None,
        }
    }

    /// For a future that is made in one place and awaited in another: a reader is shown the line
    /// that awaits it. The place stands in where that cannot be told.
    #[must_use]
    pub fn at_the_caller(mut self) -> Self {
        self.at_the_caller = true;
        self
    }

    /// For a wait that somebody can explain if it never ends.
    #[must_use]
    pub fn explained_by(mut self, explain: Arc<dyn Explain>) -> Self {
        self.explained_by = Some(explain);
        self
    }

    /// For a future that changes nothing for others when it is ready.
    #[must_use]
    pub fn that_only_reads(mut self) -> Self {
        self.only_reads = true;
        self
    }

    /// For a future that is ready whatever is left of the task's budget, and takes nothing of it.
    #[must_use]
    pub fn free_if(mut self, free: bool) -> Self {
        self.free = free;
        self
    }

    /// Makes it as good as new, for a future that can be ready more than once.
    pub fn renew(&mut self) {
        self.progress = Progress::New;
    }

    /// The line of the program.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Whether no poll has found it pending so far.
    pub fn is_new(&self) -> bool {
        matches!(self.progress, Progress::New | Progress::Begun)
    }

    /// To be called at the beginning of each poll. Others may go first; a task that has had its
    /// share of this poll yields, as in tokio.
    pub fn begin(&mut self) -> Poll<()> {
        with(|world, runtime| {
            runtime.count_operation(world, self.place, false);
            if !self.free {
                ready!(budget());
            }
            if self.progress == Progress::New {
                self.progress = Progress::Begun;
                runtime.point(world, self.place);
            }
            Poll::Ready(())
        })
    }

    /// Like [`Await::begin`], for what nobody can notice whether others go first.
    pub fn begin_alone(&mut self) -> Poll<()> {
        if self.progress == Progress::New {
            self.progress = Progress::Begun;
        }
        self.begin()
    }

    /// The poll found it pending.
    pub fn pending(&mut self) {
        with(|world, runtime| {
            if let Some(object) = self.on.object() {
                let touch = match self.progress {
                    Progress::Waits => Touch::Read,
                    _ => Touch::Write,
                };
                aside(None).touch(object, touch, Edge::None);
            }
            self.progress = Progress::Waits;
            if world.recorder.is_some() {
                let blocked = match (self.on.object(), &self.on) {
                    (Some(object), _) => Blocked::on(object, self.what),
                    (None, &On::Lane(lane)) => {
                        Blocked::by(lane, format!("waits for {} to end", lane_name(lane)))
                    }
                    (None, _) => Blocked::plain(self.what),
                };
                let caller = self.at_the_caller.then(Spot::of_destructor).flatten();
                let spot = caller.unwrap_or_else(|| Spot::of(self.place));
                let explain = self.explained_by.clone();
                self.noted = Some(runtime.note_await(world, spot, blocked, explain));
            }
        });
    }

    /// The poll found it ready: the turn is for what comes of it.
    pub fn ready(&mut self) -> Turn {
        with(|world, runtime| {
            if !self.free {
                runtime.spend(world.current.get());
            }
            world.count_step();
        });
        let turn = Turn {
            in_destructor: self.at_the_caller,
            ..aside(Some(self.place))
        };
        if let Some(object) = self.on.object() {
            let touch = match self.only_reads {
                true => Touch::Read,
                false => Touch::Write,
            };
            turn.touch(object, touch, Edge::None);
        }
        self.progress = Progress::Over;
        turn
    }
}

impl Drop for Await<'_> {
    fn drop(&mut self) {
        // Whoever gives up no longer waits for this.
        if let Some(noted) = self.noted.take()
            && World::current().is_some()
        {
            with(|_, runtime| runtime.forget_await(noted));
        }
        // One that was pending leaves a queue, and what it had been given goes to the next.
        if self.progress == Progress::Waits
            && World::current().is_some()
            && let Some(object) = self.on.object()
        {
            aside(None).touch(object, Touch::Write, Edge::None);
        }
    }
}

//! `tokio::sync::Semaphore`: tokio's own, told to the explorer.

use std::fmt;
use std::panic::Location;
use std::sync::{Arc, OnceLock};

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Object, Place, Touch, Turn};
use real::sync::{AcquireError, TryAcquireError};

use super::line::Line;
use super::permit::{OwnedSemaphorePermit, SemaphorePermit};
use crate::leaf::leaf;

/// A number of permits, for which tasks wait in turn.
pub struct Semaphore {
    pub(super) object: Object,
    pub(super) real: real::sync::Semaphore,
    line: OnceLock<Arc<Line>>,
    /// How many permits there were before anybody came.
    initial: usize,
}

impl Semaphore {
    pub const MAX_PERMITS: usize = real::sync::Semaphore::MAX_PERMITS;

    #[track_caller]
    pub fn new(permits: usize) -> Self {
        Semaphore {
            object: Object::new("Semaphore", Location::caller()),
            real: real::sync::Semaphore::new(permits),
            line: OnceLock::new(),
            initial: permits,
        }
    }

    #[track_caller]
    pub const fn const_new(permits: usize) -> Self {
        Semaphore {
            object: Object::new("Semaphore", Location::caller()),
            real: real::sync::Semaphore::const_new(permits),
            line: OnceLock::new(),
            initial: permits,
        }
    }

    #[track_caller]
    pub fn available_permits(&self) -> usize {
        let place = Location::caller();
        let turn = runtime::look(place);
        let permits = self.real.available_permits();
        turn.touch(&self.object, Touch::Read, Edge::None);
        runtime::looked(place, permits as u64);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("sees {} in {name}", count(permits)))
                .uses(&self.object)
        });
        permits
    }

    #[track_caller]
    pub fn add_permits(&self, n: usize) {
        let turn = task::step(Location::caller());
        self.real.add_permits(n);
        self.line().add(n);
        self.changed(turn, || format!("adds {} to", count(n)));
    }

    #[track_caller]
    pub fn forget_permits(&self, n: usize) -> usize {
        let turn = task::step(Location::caller());
        let forgotten = self.real.forget_permits(n);
        self.line().take(forgotten);
        self.changed(turn, || format!("takes {} for good from", count(forgotten)));
        forgotten
    }

    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<SemaphorePermit<'_>, AcquireError>> {
        self.acquire_at(Location::caller(), 1)
    }

    #[track_caller]
    pub fn acquire_many(
        &self,
        n: u32,
    ) -> impl Future<Output = Result<SemaphorePermit<'_>, AcquireError>> {
        self.acquire_at(Location::caller(), n)
    }

    #[track_caller]
    pub fn acquire_owned(
        self: Arc<Self>,
    ) -> impl Future<Output = Result<OwnedSemaphorePermit, AcquireError>> {
        self.acquire_owned_at(Location::caller(), 1)
    }

    #[track_caller]
    pub fn acquire_many_owned(
        self: Arc<Self>,
        n: u32,
    ) -> impl Future<Output = Result<OwnedSemaphorePermit, AcquireError>> {
        self.acquire_owned_at(Location::caller(), n)
    }

    #[track_caller]
    pub fn try_acquire(&self) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        self.try_acquire_many(1)
    }

    #[track_caller]
    pub fn try_acquire_many(&self, n: u32) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        let place = Location::caller();
        self.try_take(place, n)?;
        Ok(SemaphorePermit::new(self, n, place))
    }

    #[track_caller]
    pub fn try_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        self.try_acquire_many_owned(1)
    }

    #[track_caller]
    pub fn try_acquire_many_owned(
        self: Arc<Self>,
        n: u32,
    ) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        let place = Location::caller();
        self.try_take(place, n)?;
        Ok(OwnedSemaphorePermit::new(self, n, place))
    }

    #[track_caller]
    pub fn close(&self) {
        let turn = task::step(Location::caller());
        self.real.close();
        self.changed(turn, || "closes".to_owned());
    }

    #[track_caller]
    pub fn is_closed(&self) -> bool {
        let turn = task::step(Location::caller());
        turn.touch(&self.object, Touch::Read, Edge::None);
        self.real.is_closed()
    }

    async fn acquire_at(&self, place: Place, n: u32) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.take(place, n).await?;
        Ok(SemaphorePermit::new(self, n, place))
    }

    async fn acquire_owned_at(
        self: Arc<Self>,
        place: Place,
        n: u32,
    ) -> Result<OwnedSemaphorePermit, AcquireError> {
        self.take(place, n).await?;
        Ok(OwnedSemaphorePermit::new(self, n, place))
    }

    async fn take(&self, place: Place, n: u32) -> Result<(), AcquireError> {
        let waiting = self.line().join(place, n as usize);
        let wait = Await::on(place, &self.object, "waits for a permit of");
        let wait = wait.explained_by(waiting.clone());
        let wait = wait.free_if(self.real.is_closed());
        let (taken, turn) = leaf(wait, self.real.acquire_many(n)).await;
        match taken {
            Ok(permit) => {
                permit.forget();
                self.line().take(n as usize);
                self.taken(turn, n);
                Ok(())
            }
            Err(closed) => {
                self.changed(turn, || "wants a permit of the closed".to_owned());
                Err(closed)
            }
        }
    }

    pub(super) fn line(&self) -> &Arc<Line> {
        self.line.get_or_init(|| Line::new(self.initial))
    }

    fn try_take(&self, place: Place, n: u32) -> Result<(), TryAcquireError> {
        let turn = runtime::look(place);
        match self.real.try_acquire_many(n) {
            Ok(permit) => {
                permit.forget();
                self.line().take(n as usize);
                turn.touch(&self.object, Touch::Write, Edge::None);
                self.taken(turn, n);
                Ok(())
            }
            Err(error) => {
                turn.touch(&self.object, Touch::Read, Edge::None);
                runtime::looked(place, 0);
                turn.say(|note| {
                    let name = note.name(&self.object);
                    let why = match error {
                        TryAcquireError::Closed => "it is closed",
                        TryAcquireError::NoPermits => "there is none",
                    };
                    note.what(format!("tries to take a permit of {name}: {why}"))
                        .uses(&self.object)
                });
                Err(error)
            }
        }
    }

    fn taken(&self, turn: Turn, n: u32) {
        turn.say(|note| {
            let name = note.name(&self.object);
            let left = self.real.available_permits();
            note.what(format!(
                "takes {} of {name} ({left} left)",
                permits(n as usize)
            ))
            .holds(&self.object)
        });
    }

    fn changed(&self, turn: Turn, what: impl FnOnce() -> String) {
        turn.touch(&self.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{} {name}", what())).uses(&self.object)
        });
    }
}

/// `a permit`, `2 permits`
pub(super) fn permits(n: usize) -> String {
    match n {
        1 => "a permit".to_owned(),
        n => format!("{n} permits"),
    }
}

fn count(n: usize) -> String {
    match n {
        1 => "1 permit".to_owned(),
        n => format!("{n} permits"),
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

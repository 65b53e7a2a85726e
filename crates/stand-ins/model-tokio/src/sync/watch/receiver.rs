//! The end that sees the value.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use explore::runtime::Place;
use explore::runtime::task::Await;

use super::super::end::End;
use super::Ref;
use super::error::RecvError;
use super::state::State;
use crate::leaf::leaf;

/// Sees the value, and waits for another one.
pub struct Receiver<T> {
    state: Arc<State<T>>,
    end: End,
    /// The version seen last.
    version: u64,
}

impl<T> Receiver<T> {
    pub(super) fn new(state: Arc<State<T>>, end: End, version: u64) -> Self {
        Receiver {
            state,
            end,
            version,
        }
    }

    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        self.state.borrow(Location::caller(), Some(self.version))
    }

    #[track_caller]
    pub fn borrow_and_update(&mut self) -> Ref<'_, T> {
        let seen = std::mem::replace(&mut self.version, self.state.version());
        self.state.borrow(Location::caller(), Some(seen))
    }

    pub fn has_changed(&self) -> Result<bool, RecvError> {
        let closed = self.state.observed(self.state.is_closed());
        match closed {
            true => Err(RecvError(())),
            false => Ok(self.version != self.state.version()),
        }
    }

    pub fn is_closed(&self) -> bool {
        self.state.observed(self.state.is_closed())
    }

    pub fn mark_changed(&mut self) {
        self.version = self.version.wrapping_sub(1);
    }

    pub fn mark_unchanged(&mut self) {
        self.version = self.state.observed(self.state.version());
    }

    #[track_caller]
    pub fn changed(&mut self) -> impl Future<Output = Result<(), RecvError>> {
        let place = Location::caller();
        async move {
            let Receiver { state, version, .. } = self;
            let wait = Await::on(place, state.object(), "waits for a change of")
                .explained_by(state.channel().clone())
                .that_only_reads();
            let (changed, turn) = leaf(wait, changed(state, version)).await;
            let what = match changed {
                Ok(()) => "sees a change of",
                Err(_) => "finds that the sender is gone from",
            };
            state.tell(turn, what);
            changed
        }
    }

    #[track_caller]
    pub fn wait_for(
        &mut self,
        f: impl FnMut(&T) -> bool,
    ) -> impl Future<Output = Result<Ref<'_, T>, RecvError>> {
        self.wait_for_at(Location::caller(), f)
    }

    async fn wait_for_at(
        &mut self,
        place: Place,
        mut f: impl FnMut(&T) -> bool,
    ) -> Result<Ref<'_, T>, RecvError> {
        let Receiver { state, version, .. } = self;
        let mut closed = Ok(());
        loop {
            let seen = std::mem::replace(version, state.version());
            // In a block, so that the future holds no borrow while it waits, and can be spawned.
            {
                let value = state.borrow(place, Some(seen));
                if f(&value) {
                    return Ok(value);
                }
            }
            closed?;
            let wait = Await::on(place, state.object(), "waits for the right value of")
                .explained_by(state.channel().clone());
            let (changed, turn) = leaf(wait, changed(state, version)).await;
            state.tell(turn, "looks again at");
            closed = changed;
        }
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.state, &other.state)
    }
}

/// Waits until there is another version than this one, and takes note of it.
async fn changed<T>(state: &State<T>, version: &mut u64) -> Result<(), RecvError> {
    loop {
        let notified = state.changed.notified();
        let newest = state.version();
        if std::mem::replace(version, newest) != newest {
            return Ok(());
        }
        if state.is_closed() {
            return Err(RecvError(()));
        }
        notified.await;
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        if self.state.receivers() == 1 {
            self.state.deserted.notify_waiters();
        }
    }
}

impl<T> Clone for Receiver<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let end = self.end.another(Location::caller());
        Receiver::new(self.state.clone(), end, self.version)
    }
}

impl<T: fmt::Debug> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("shared", &self.state)
            .field("version", &self.version)
            .finish()
    }
}

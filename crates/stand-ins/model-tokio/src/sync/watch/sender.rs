//! The end that sets the value.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use explore::runtime::task::{self, Await};
use explore::runtime::{Edge, Touch};

use super::super::end::End;
use super::error::SendError;
use super::state::{Side, State};
use super::{Receiver, Ref, channel};
use crate::leaf::leaf;

/// Sets the value.
pub struct Sender<T> {
    state: Arc<State<T>>,
    end: End,
}

impl<T> Sender<T> {
    pub(super) fn from_parts(state: Arc<State<T>>, end: End) -> Self {
        Sender { state, end }
    }

    #[track_caller]
    pub fn new(init: T) -> Self {
        channel(init).0
    }

    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        let place = Location::caller();
        if self.state.receivers() == 0 {
            let turn = task::step(place);
            turn.touch(self.state.object(), Touch::Read, Edge::None);
            turn.say(|note| {
                let name = note.name(self.state.object());
                note.what(format!("sets {name}: nobody watches"))
                    .uses(self.state.object())
                    .lost()
            });
            return Err(SendError(value));
        }
        self.replace(value);
        Ok(())
    }

    #[track_caller]
    pub fn send_modify<F: FnOnce(&mut T)>(&self, modify: F) {
        let modify = |value: &mut T| {
            modify(value);
            true
        };
        self.state.modify(Location::caller(), modify, "modifies");
    }

    #[track_caller]
    pub fn send_if_modified<F: FnOnce(&mut T) -> bool>(&self, modify: F) -> bool {
        self.state.modify(Location::caller(), modify, "modifies")
    }

    #[track_caller]
    pub fn send_replace(&self, value: T) -> T {
        self.replace(value)
    }

    #[track_caller]
    fn replace(&self, mut value: T) -> T {
        let swap = |old: &mut T| {
            std::mem::swap(old, &mut value);
            true
        };
        self.state.modify(Location::caller(), swap, "sets");
        value
    }

    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        self.state.borrow(Location::caller(), None)
    }

    pub fn is_closed(&self) -> bool {
        self.state.observed(self.state.receivers() == 0)
    }

    #[track_caller]
    pub fn closed(&self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            let state = &self.state;
            let deserted = async {
                while state.receivers() > 0 {
                    state.deserted.notified().await;
                }
            };
            let what = "waits for the receivers to go from";
            let ((), turn) = leaf(Await::on(place, state.object(), what), deserted).await;
            state.tell(turn, "sees that nobody watches");
        }
    }

    #[track_caller]
    pub fn subscribe(&self) -> Receiver<T> {
        let place = Location::caller();
        let turn = task::step(place);
        turn.touch(self.state.object(), Touch::Write, Edge::None);
        self.state.tell(turn, "subscribes to");
        let end = Side::receiver(&self.state, place);
        Receiver::new(self.state.clone(), end, self.state.version())
    }

    pub fn receiver_count(&self) -> usize {
        self.state.observed(self.state.receivers())
    }

    pub fn sender_count(&self) -> usize {
        self.state.observed(self.state.senders())
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.state, &other.state)
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        if self.state.senders() == 1 {
            self.state.close();
        }
    }
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let end = self.end.another(Location::caller());
        Sender::from_parts(self.state.clone(), end)
    }
}

impl<T: Default> Default for Sender<T> {
    #[track_caller]
    fn default() -> Self {
        Sender::new(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("shared", &self.state)
            .finish()
    }
}

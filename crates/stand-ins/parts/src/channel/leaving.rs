//! The end of a sender or receiver.

use std::collections::VecDeque;
use std::mem;

use explore::runtime::{self, Wait};

use super::core::{Core, Leftovers, Message};

/// One end of a channel.
#[derive(Clone, Copy)]
pub(super) enum End {
    Sender(u32),
    Receiver(u32),
}

impl<T> Core<T> {
    /// An end is dropped.
    pub fn leave(&self, end: End) {
        if runtime::world().is_none() || self.object.is_stale() {
            return;
        }
        let (place, noticed) = {
            let state = self.state.borrow();
            match end {
                End::Sender(id) => (state.senders.last_place(id), !state.receivers.is_empty()),
                End::Receiver(id) => (state.receivers.last_place(id), !state.senders.is_empty()),
            }
        };
        let turn = match place {
            Some(place) if noticed => runtime::turn_in_destructor(place, &Wait::none()),
            _ => runtime::aside(place),
        };
        let (noun, last) = self.remove(end);
        let leftovers = self.leftovers(end);
        self.settle(&turn, &'d');
        if noticed {
            let before = match last {
                true => format!("drops the last {noun} of"),
                false => format!("drops a {noun} of"),
            };
            self.say(turn, &before, if last { ": it is closed" } else { "" });
        }
        // They may hold ends of other channels, or of this one: to drop them is another step.
        drop(leftovers);
    }

    fn remove(&self, end: End) -> (&'static str, bool) {
        let mut state = self.state.borrow_mut();
        match end {
            End::Sender(id) => {
                state.senders.remove(id);
                ("sender", state.senders.is_empty())
            }
            End::Receiver(id) => {
                state.receivers.remove(id);
                ("receiver", state.receivers.is_empty())
            }
        }
    }

    fn leftovers(&self, end: End) -> VecDeque<Message<T>> {
        let mut state = self.state.borrow_mut();
        let deserted = matches!(end, End::Receiver(_)) && state.receivers.is_empty();
        if deserted && self.leftovers == Leftovers::Dropped {
            mem::take(&mut state.queue)
        } else {
            VecDeque::new()
        }
    }
}

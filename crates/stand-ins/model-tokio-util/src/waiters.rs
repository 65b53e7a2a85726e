//! Tasks that wait for one event.

use std::task::{Context, Waker};

/// Those that wait, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Waiters {
    waiting: Vec<(u64, Waker)>,
    came: u64,
}

impl Waiters {
    /// Waits from now on, or again; returns the ticket to do so.
    pub fn wait(&mut self, ticket: Option<u64>, cx: &Context<'_>) -> u64 {
        let known = ticket.and_then(|ticket| self.waiting.iter_mut().find(|(t, _)| *t == ticket));
        match known {
            Some((ticket, waker)) => {
                waker.clone_from(cx.waker());
                *ticket
            }
            None => {
                self.came += 1;
                self.waiting.push((self.came, cx.waker().clone()));
                self.came
            }
        }
    }

    /// Waits no more.
    pub fn leave(&mut self, ticket: u64) {
        self.waiting.retain(|(t, _)| *t != ticket);
    }

    /// All of them, to be woken.
    pub fn take(&mut self) -> Vec<Waker> {
        self.waiting.drain(..).map(|(_, waker)| waker).collect()
    }
}

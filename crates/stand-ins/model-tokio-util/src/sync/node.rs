//! The tree of tokens.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Waker};

use explore::runtime::{Edge, Object, Place, Touch, aside};

use crate::waiters::Waiters;

/// One token, whoever has clones of it.
#[derive(Debug)]
pub(super) struct Node {
    pub object: Arc<Object>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    cancelled: bool,
    children: Vec<Weak<Node>>,
    waiters: Waiters,
}

impl Node {
    pub fn new(made: Place) -> Arc<Self> {
        Arc::new(Node {
            object: Arc::new(Object::new("CancellationToken", made)),
            state: Mutex::default(),
        })
    }

    /// A token that is cancelled with this one.
    pub fn child(&self, made: Place) -> Arc<Self> {
        let child = Node::new(made);
        let mut state = self.lock();
        if state.cancelled {
            child.lock().cancelled = true;
        } else {
            state.children.retain(|child| child.strong_count() > 0);
            state.children.push(Arc::downgrade(&child));
        }
        child
    }

    pub fn is_cancelled(&self) -> bool {
        self.lock().cancelled
    }

    /// Cancels it and all below it; returns whom to wake. Children come first, the last of them
    /// before the others, as in tokio-util.
    pub fn cancel(&self) -> Vec<Waker> {
        let (children, own) = {
            let mut state = self.lock();
            if std::mem::replace(&mut state.cancelled, true) {
                return Vec::new();
            }
            (std::mem::take(&mut state.children), state.waiters.take())
        };
        aside(None).touch(&self.object, Touch::Write, Edge::None);
        let below = children.iter().rev().filter_map(Weak::upgrade);
        let mut wakers: Vec<Waker> = below.flat_map(|child| child.cancel()).collect();
        wakers.extend(own);
        wakers
    }

    /// Waits for the end; returns the ticket to wait again.
    pub fn wait(&self, ticket: Option<u64>, cx: &Context<'_>) -> u64 {
        self.lock().waiters.wait(ticket, cx)
    }

    pub fn leave(&self, ticket: u64) {
        self.lock().waiters.leave(ticket);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

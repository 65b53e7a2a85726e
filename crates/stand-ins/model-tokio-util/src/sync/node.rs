//! The tree of tokens.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Waker};

use explore::runtime::{Edge, Object, Place, Touch, aside};

use crate::waiters::Waiters;

/// One token, whoever has clones of it.
#[derive(Debug)]
pub(super) struct Node {
    pub object: Arc<Object>,
    /// A token that is gone still passes on to those below it that its own parent is cancelled.
    _parent: Option<Arc<Node>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    cancelled: bool,
    children: Vec<Weak<Node>>,
    waiters: Waiters,
}

impl Node {
    pub fn new(made: Place, parent: Option<Arc<Node>>) -> Arc<Self> {
        Arc::new(Node {
            object: Arc::new(Object::new("CancellationToken", made)),
            _parent: parent,
            state: Mutex::default(),
        })
    }

    /// A token that is cancelled with this one.
    pub fn child(self: &Arc<Self>, made: Place) -> Arc<Self> {
        let child = Node::new(made, Some(self.clone()));
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

    /// Cancels it and all below it; returns those below it that end with it, and whom to wake, in
    /// the order of tokio-util.
    pub fn cancel(&self) -> (Vec<Arc<Object>>, Vec<Waker>) {
        let Some((mut family, own)) = self.end() else {
            return Default::default();
        };
        let mut wakers = Vec::new();
        let mut ended = 0;
        // The last that is left ends next, and changes places with the first.
        while ended < family.len() {
            let Some(child) = family.pop() else { break };
            if let Some((children, waiting)) = child.end() {
                family.extend(children.into_iter().rev());
                family.push(child);
                let last = family.len() - 1;
                family.swap(ended, last);
                wakers.push(waiting);
                ended += 1;
            }
        }
        wakers.push(own);
        let family = family.iter().map(|below| below.object.clone());
        (family.collect(), wakers.into_iter().flatten().collect())
    }

    /// Marks this one only; returns those below it and whoever waits, unless it was done before.
    fn end(&self) -> Option<(Vec<Arc<Node>>, Vec<Waker>)> {
        let (children, waiting) = {
            let mut state = self.lock();
            if std::mem::replace(&mut state.cancelled, true) {
                return None;
            }
            (std::mem::take(&mut state.children), state.waiters.take())
        };
        aside(None).touch(&self.object, Touch::Write, Edge::None);
        let children = children.iter().filter_map(Weak::upgrade);
        Some((children.collect(), waiting))
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

//! `CancellationToken`.

use std::fmt;
use std::future::poll_fn;
use std::hash::{Hash, Hasher};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use explore::runtime::{self, Edge, Place, Touch, task};

use super::cancelled::{WaitForCancellationFuture, WaitForCancellationFutureOwned};
use super::node::Node;
use super::{DropGuard, DropGuardRef};

/// Tells tasks that they are to end.
#[derive(Clone)]
pub struct CancellationToken {
    pub(super) node: Arc<Node>,
}

impl UnwindSafe for CancellationToken {}
impl RefUnwindSafe for CancellationToken {}

impl CancellationToken {
    #[track_caller]
    pub fn new() -> CancellationToken {
        CancellationToken {
            node: Node::new(Location::caller(), None),
        }
    }

    #[track_caller]
    pub fn child_token(&self) -> CancellationToken {
        // Whether the parent is cancelled by now decides how the child begins.
        let place = Location::caller();
        task::step(place).touch(&self.node.object, Touch::Read, Edge::None);
        CancellationToken {
            node: self.node.child(place),
        }
    }

    #[track_caller]
    pub fn cancel(&self) {
        self.cancel_at(Location::caller());
    }

    pub(super) fn cancel_at(&self, place: Place) {
        let turn = task::step(place);
        let before = self.node.is_cancelled();
        turn.touch(&self.node.object, Touch::Write, Edge::None);
        let (ended, wakers) = self.node.cancel();
        for waker in wakers {
            waker.wake();
        }
        turn.say(|note| {
            let name = note.name(&self.node.object);
            let what = match before {
                true => format!("cancels {name} once more"),
                false => format!("cancels {name}"),
            };
            // What those below it wait for happens here, too.
            let note = note.what(what).uses(&self.node.object);
            ended.iter().fold(note, |note, below| note.uses(below))
        });
    }

    #[track_caller]
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled_at(Location::caller())
    }

    fn is_cancelled_at(&self, place: Place) -> bool {
        let turn = runtime::look(place);
        let cancelled = self.node.is_cancelled();
        turn.touch(&self.node.object, Touch::Read, Edge::None);
        runtime::looked(place, cancelled.into());
        turn.say(|note| {
            let name = note.name(&self.node.object);
            let what = match cancelled {
                true => format!("sees that {name} is cancelled"),
                false => format!("sees that {name} is not cancelled"),
            };
            note.what(what).uses(&self.node.object)
        });
        cancelled
    }

    #[track_caller]
    pub fn cancelled(&self) -> WaitForCancellationFuture<'_> {
        WaitForCancellationFuture::new(self, Location::caller())
    }

    #[track_caller]
    pub fn cancelled_owned(self) -> WaitForCancellationFutureOwned {
        WaitForCancellationFutureOwned::new(self, Location::caller())
    }

    #[track_caller]
    pub fn drop_guard(self) -> DropGuard {
        DropGuard::new(self)
    }

    #[track_caller]
    pub fn drop_guard_ref(&self) -> DropGuardRef<'_> {
        DropGuardRef::new(self)
    }

    #[track_caller]
    pub fn run_until_cancelled<F: Future>(
        &self,
        fut: F,
    ) -> impl Future<Output = Option<F::Output>> {
        let place = Location::caller();
        async move {
            if self.is_cancelled_at(place) {
                return None;
            }
            let mut future = pin!(fut);
            let mut cancelled = pin!(WaitForCancellationFuture::new(self, place));
            poll_fn(|cx| {
                if let Poll::Ready(output) = future.as_mut().poll(cx) {
                    return Poll::Ready(Some(output));
                }
                cancelled.as_mut().poll(cx).map(|()| None)
            })
            .await
        }
    }

    #[track_caller]
    pub fn run_until_cancelled_owned<F: Future>(
        self,
        fut: F,
    ) -> impl Future<Output = Option<F::Output>> {
        let place = Location::caller();
        async move {
            if self.is_cancelled_at(place) {
                return None;
            }
            let mut future = pin!(fut);
            let mut cancelled = pin!(WaitForCancellationFutureOwned::new(self, place));
            poll_fn(|cx| {
                if let Poll::Ready(output) = future.as_mut().poll(cx) {
                    return Poll::Ready(Some(output));
                }
                cancelled.as_mut().poll(cx).map(|()| None)
            })
            .await
        }
    }
}

impl Default for CancellationToken {
    #[track_caller]
    fn default() -> CancellationToken {
        CancellationToken::new()
    }
}

impl fmt::Debug for CancellationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancellationToken")
            .field("is_cancelled", &self.node.is_cancelled())
            .finish()
    }
}

impl PartialEq for CancellationToken {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.node, &other.node)
    }
}

impl Eq for CancellationToken {}

impl Hash for CancellationToken {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.node).hash(state);
    }
}

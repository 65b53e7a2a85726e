//! `tokio::sync::OnceCell`.

use std::fmt;
use std::panic::Location;
use std::sync::OnceLock;

use explore::runtime::task::{self, Await};
use explore::runtime::{Edge, Object, Place, Touch, Turn};
use real::sync::{Semaphore, SetError, TryAcquireError};

use crate::leaf::leaf;

/// A place for a value that is worked out once.
pub struct OnceCell<T> {
    object: Object,
    /// The right to work it out; closed once there is a value.
    right: Semaphore,
    value: OnceLock<T>,
}

impl<T> OnceCell<T> {
    #[track_caller]
    pub fn new() -> Self {
        Self::const_new()
    }

    #[track_caller]
    pub const fn const_new() -> Self {
        OnceCell {
            object: Object::new("OnceCell", Location::caller()),
            right: Semaphore::const_new(1),
            value: OnceLock::new(),
        }
    }

    #[track_caller]
    pub fn new_with(value: Option<T>) -> Self {
        let cell = OnceCell::new();
        if let Some(value) = value {
            cell.fill(value);
        }
        cell
    }

    #[track_caller]
    pub fn initialized(&self) -> bool {
        self.get().is_some()
    }

    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        let turn = task::step(Location::caller());
        turn.touch(&self.object, Touch::Read, Edge::None);
        let value = self.value.get();
        turn.say(|note| {
            let name = note.name(&self.object);
            let what = match value {
                Some(_) => format!("reads {name}"),
                None => format!("looks at {name}: it is empty"),
            };
            note.what(what).uses(&self.object)
        });
        value
    }

    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut()
    }

    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), SetError<T>> {
        let turn = task::step(Location::caller());
        turn.touch(&self.object, Touch::Write, Edge::None);
        let (set, what) = match self.right.try_acquire() {
            Ok(right) => {
                right.forget();
                self.fill(value);
                (Ok(()), "sets")
            }
            Err(TryAcquireError::NoPermits) => (
                Err(SetError::InitializingError(value)),
                "tries to set, while somebody works it out,",
            ),
            Err(TryAcquireError::Closed) => (
                Err(SetError::AlreadyInitializedError(value)),
                "tries to set once more",
            ),
        };
        self.tell(turn, what);
        set
    }

    #[track_caller]
    pub fn get_or_init<F, Fut>(&self, f: F) -> impl Future<Output = &T>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = T>,
    {
        let place = Location::caller();
        async move {
            match self.start(place).await {
                Some(right) => right.end(f().await),
                None => self.value.get().expect("the right is gone"),
            }
        }
    }

    #[track_caller]
    pub fn get_or_try_init<E, F, Fut>(&self, f: F) -> impl Future<Output = Result<&T, E>>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        let place = Location::caller();
        async move {
            match self.start(place).await {
                Some(right) => Ok(right.end(f().await?)),
                None => Ok(self.value.get().expect("the right is gone")),
            }
        }
    }

    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    pub fn take(&mut self) -> Option<T> {
        let value = self.value.take();
        if value.is_some() {
            self.right = Semaphore::new(1);
        }
        value
    }

    /// Waits for the right to work the value out; nothing if there is one.
    async fn start(&self, place: Place) -> Option<Right<'_, T>> {
        let wait = Await::on(place, &self.object, "waits for the value of");
        let (right, turn) = leaf(wait, self.right.acquire()).await;
        match right {
            Ok(right) => {
                right.forget();
                self.tell(turn, "works out");
                Some(Right { cell: self, place })
            }
            Err(_) => {
                self.tell(turn, "reads");
                None
            }
        }
    }

    fn fill(&self, value: T) {
        assert!(self.value.set(value).is_ok(), "the right is given once");
        self.right.close();
    }

    fn tell(&self, turn: Turn, what: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{what} {name}")).uses(&self.object)
        });
    }
}

/// The right to work out a value. Who gives up passes it on.
struct Right<'a, T> {
    cell: &'a OnceCell<T>,
    place: Place,
}

impl<'a, T> Right<'a, T> {
    fn end(self, value: T) -> &'a T {
        let Right { cell, place } = self;
        // The right is used up.
        std::mem::forget(self);
        let turn = task::step(place);
        turn.touch(&cell.object, Touch::Write, Edge::None);
        cell.tell(turn, "sets");
        cell.fill(value);
        cell.value.get().expect("it was set just now")
    }
}

impl<T> Drop for Right<'_, T> {
    fn drop(&mut self) {
        if explore::runtime::world().is_some() {
            let turn = task::step(self.place);
            turn.touch(&self.cell.object, Touch::Write, Edge::None);
            self.cell.tell(turn, "gives up working out");
            self.cell.right.add_permits(1);
        }
    }
}

impl<T> Default for OnceCell<T> {
    #[track_caller]
    fn default() -> Self {
        OnceCell::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceCell")
            .field("value", &self.value.get())
            .finish()
    }
}

impl<T: Clone> Clone for OnceCell<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        OnceCell::new_with(self.value.get().cloned())
    }
}

impl<T: PartialEq> PartialEq for OnceCell<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value.get() == other.value.get()
    }
}

impl<T: Eq> Eq for OnceCell<T> {}

impl<T> From<T> for OnceCell<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        OnceCell::new_with(Some(value))
    }
}

//! Values that belong to a task, for as long as a future of it runs.

use std::cell::RefCell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::thread;

use explore::runtime::{self, LaneId, task};

/// The values of one key: whose they are, in which run.
#[doc(hidden)]
pub type Values<T> = RefCell<Vec<(u32, LaneId, Rc<T>)>>;

#[doc(hidden)]
pub const fn no_values<T>() -> Values<T> {
    RefCell::new(Vec::new())
}

/// A key for values that belong to a task.
pub struct LocalKey<T: 'static>(&'static thread::LocalKey<Values<T>>);

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn new(values: &'static thread::LocalKey<Values<T>>) -> Self {
        LocalKey(values)
    }

    pub fn scope<F: Future>(&'static self, value: T, f: F) -> TaskLocalFuture<T, F> {
        TaskLocalFuture {
            key: self,
            value: Some(value),
            future: Some(f),
        }
    }

    #[track_caller]
    pub fn sync_scope<F, R>(&'static self, value: T, f: F) -> R
    where
        F: FnOnce() -> R,
    {
        let mut slot = Some(value);
        let _scope = Scope::enter(self, &mut slot);
        f()
    }

    #[track_caller]
    pub fn with<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.try_with(f)
            .expect("cannot access a task-local storage value without setting it first")
    }

    pub fn try_with<F, R>(&'static self, f: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        let (run, lane) = (task::run(), runtime::lane());
        let value = self.0.with_borrow(|values| {
            let mine = values.iter().rev();
            let mut mine = mine.filter(|(r, l, _)| (*r, *l) == (run, lane));
            mine.next().map(|(.., value)| value.clone())
        });
        Ok(f(&*value.ok_or(AccessError(()))?))
    }
}

impl<T: Clone + 'static> LocalKey<T> {
    #[track_caller]
    pub fn get(&'static self) -> T {
        self.with(T::clone)
    }

    pub fn try_get(&'static self) -> Result<T, AccessError> {
        self.try_with(T::clone)
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("LocalKey { .. }")
    }
}

/// A value is set, until this is dropped and gives it back.
struct Scope<'a, T: 'static> {
    key: &'static LocalKey<T>,
    slot: &'a mut Option<T>,
}

impl<'a, T: 'static> Scope<'a, T> {
    fn enter(key: &'static LocalKey<T>, slot: &'a mut Option<T>) -> Self {
        if let Some(value) = slot.take() {
            let entry = (task::run(), runtime::lane(), Rc::new(value));
            key.0.with_borrow_mut(|values| values.push(entry));
        }
        Scope { key, slot }
    }
}

impl<T: 'static> Drop for Scope<'_, T> {
    fn drop(&mut self) {
        if runtime::world().is_none() {
            return;
        }
        let (run, lane) = (task::run(), runtime::lane());
        let value = self.key.0.with_borrow_mut(|values| {
            let at = values
                .iter()
                .rposition(|(r, l, _)| (*r, *l) == (run, lane))?;
            Some(values.remove(at).2)
        });
        *self.slot = value.and_then(Rc::into_inner);
    }
}

pin_project_lite::pin_project! {
    /// A future in which a task-local value is set.
    pub struct TaskLocalFuture<T: 'static, F> {
        key: &'static LocalKey<T>,
        value: Option<T>,
        #[pin]
        future: Option<F>,
    }

    impl<T: 'static, F> PinnedDrop for TaskLocalFuture<T, F> {
        fn drop(this: Pin<&mut Self>) {
            // The future may look at the value while it is dropped.
            let mut this = this.project();
            if runtime::world().is_some() && this.future.is_some() && this.value.is_some() {
                let _scope = Scope::enter(this.key, this.value);
                this.future.set(None);
            }
        }
    }
}

impl<T: 'static, F> TaskLocalFuture<T, F> {
    pub fn take_value(self: Pin<&mut Self>) -> Option<T> {
        self.project().value.take()
    }
}

impl<T: 'static, F: Future> Future for TaskLocalFuture<T, F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let _scope = Scope::enter(this.key, this.value);
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            panic!("`TaskLocalFuture` polled after completion");
        };
        let polled = future.poll(cx);
        if polled.is_ready() {
            this.future.set(None);
        }
        polled
    }
}

impl<T: fmt::Debug + 'static, F> fmt::Debug for TaskLocalFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskLocalFuture")
            .field("value", &self.value)
            .finish()
    }
}

/// There is no value.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct AccessError(());

impl fmt::Debug for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessError").finish()
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("task-local value not set")
    }
}

impl std::error::Error for AccessError {}

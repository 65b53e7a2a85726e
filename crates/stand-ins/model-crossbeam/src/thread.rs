//! `crossbeam::thread`: threads that borrow, and may spawn others themselves.

use std::any::Any;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use explore::runtime;
use model_std::thread as std_thread;

/// How a thread ended. As that of `std`.
pub type Result<T> = std_thread::Result<T>;

/// Threads that end before what they borrow does.
pub struct Scope<'env> {
    /// Points to the scope of `std` that `scope` keeps until all threads are over.
    inner: *const std_thread::Scope<'env, 'env>,
    panics: Panics,
}

// SAFETY: the scope of `std` is `Sync`, and outlives every thread that could reach this one.
#[expect(unsafe_code, reason = "it holds a pointer in place of a lifetime")]
unsafe impl Send for Scope<'_> {}
// SAFETY: as above.
#[expect(unsafe_code, reason = "it holds a pointer in place of a lifetime")]
unsafe impl Sync for Scope<'_> {}

/// What was thrown by threads that nobody has joined yet, and which thread it was.
///
/// A lock of the real `std`: lanes share one operating system thread, so it is always free.
#[derive(Clone, Default)]
struct Panics(Arc<Mutex<Vec<Record>>>);

type Record = (Arc<()>, Thrown);

type Thrown = Box<dyn Any + Send>;

impl Panics {
    fn add(&self, thread: Arc<()>, panic: Thrown) {
        let mut panics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        panics.push((thread, panic));
    }

    fn take(&self, thread: &Arc<()>) -> Option<Thrown> {
        let mut panics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = panics.iter().position(|(id, _)| Arc::ptr_eq(id, thread))?;
        Some(panics.swap_remove(at).1)
    }

    fn take_all(&self) -> Vec<Thrown> {
        let mut panics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        panics.drain(..).map(|(_, panic)| panic).collect()
    }
}

/// The right to wait for a thread of a scope.
pub struct ScopedJoinHandle<'scope, T> {
    handle: std_thread::ScopedJoinHandle<'scope, Option<T>>,
    id: Arc<()>,
    panics: Panics,
}

/// Says what a thread should be like before it is spawned.
#[must_use = "must eventually spawn the thread"]
pub struct ScopedThreadBuilder<'scope, 'env> {
    scope: &'scope Scope<'env>,
    builder: std_thread::Builder,
}

/// # Errors
/// With what they have thrown, if threads panicked that nobody joined.
#[track_caller]
pub fn scope<'env, F, R>(f: F) -> Result<R>
where
    F: FnOnce(&Scope<'env>) -> R,
{
    let panics = Panics::default();
    let result = std_thread::scope(|inner| {
        f(&Scope {
            inner: std::ptr::from_ref(inner).cast(),
            panics: panics.clone(),
        })
    });
    let panics = panics.take_all();
    if panics.is_empty() {
        Ok(result)
    } else {
        Err(Box::new(panics))
    }
}

impl<'env> Scope<'env> {
    #[track_caller]
    pub fn spawn<'scope, F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce(&Scope<'env>) -> T + Send + 'env,
        T: Send + 'env,
    {
        let (id, body) = self.prepare(f);
        // SAFETY: see `inner`.
        #[expect(unsafe_code, reason = "`scope` keeps the scope of `std` alive")]
        let inner = unsafe { &*self.inner };
        self.handle(id, inner.spawn(body))
    }

    pub fn builder<'scope>(&'scope self) -> ScopedThreadBuilder<'scope, 'env> {
        ScopedThreadBuilder {
            scope: self,
            builder: std_thread::Builder::new(),
        }
    }

    /// The thread's own work around `f`: a panic is kept for whoever asks first.
    fn prepare<F, T>(&self, f: F) -> (Arc<()>, impl FnOnce() -> Option<T> + Send + use<'env, F, T>)
    where
        F: FnOnce(&Scope<'env>) -> T + Send + 'env,
        T: Send + 'env,
    {
        let id = Arc::new(());
        let own = id.clone();
        let scope = Scope {
            inner: self.inner,
            panics: self.panics.clone(),
        };
        let body = move || {
            let scope = scope;
            match runtime::contain(|| f(&scope)) {
                Ok(value) => Some(value),
                Err(panic) => {
                    scope.panics.add(own, panic);
                    None
                }
            }
        };
        (id, body)
    }

    fn handle<'scope, T>(
        &self,
        id: Arc<()>,
        handle: std_thread::ScopedJoinHandle<'scope, Option<T>>,
    ) -> ScopedJoinHandle<'scope, T> {
        ScopedJoinHandle {
            handle,
            id,
            panics: self.panics.clone(),
        }
    }
}

impl<'scope, 'env> ScopedThreadBuilder<'scope, 'env> {
    pub fn name(self, name: String) -> Self {
        ScopedThreadBuilder {
            builder: self.builder.name(name),
            ..self
        }
    }

    pub fn stack_size(self, size: usize) -> Self {
        ScopedThreadBuilder {
            builder: self.builder.stack_size(size),
            ..self
        }
    }

    /// # Errors
    /// Never, in a world.
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce(&Scope<'env>) -> T + Send + 'env,
        T: Send + 'env,
    {
        let (id, body) = self.scope.prepare(f);
        // SAFETY: see `Scope::inner`.
        #[expect(unsafe_code, reason = "`scope` keeps the scope of `std` alive")]
        let inner = unsafe { &*self.scope.inner };
        let handle = self.builder.spawn_scoped(inner, body)?;
        Ok(self.scope.handle(id, handle))
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// # Errors
    /// With what the thread has thrown, if it panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        let ended = self.handle.join()?;
        ended.ok_or_else(|| {
            let panic = self.panics.take(&self.id);
            panic.expect("a thread without a result has panicked")
        })
    }

    #[must_use]
    pub fn thread(&self) -> &std_thread::Thread {
        self.handle.thread()
    }
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Scope { .. }")
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("ScopedJoinHandle { .. }")
    }
}

impl fmt::Debug for ScopedThreadBuilder<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("ScopedThreadBuilder { .. }")
    }
}

//! Threads with a name.

use real::io;
use real::panic::Location;

use super::handle::start;
use super::{JoinHandle, Scope, ScopedJoinHandle};

/// Says what a thread should be like before it is spawned. Spawning never fails.
#[derive(Debug, Default)]
#[must_use = "must eventually spawn the thread"]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    pub fn new() -> Self {
        Builder::default()
    }

    pub fn name(self, name: String) -> Self {
        let whole = !name.as_bytes().contains(&0);
        assert!(whole, "thread name may not contain interior null bytes");
        Builder { name: Some(name) }
    }

    /// Every thread of a world has a stack of the usual size.
    pub fn stack_size(self, _bytes: usize) -> Self {
        self
    }

    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // SAFETY: nothing that lives for ever can be outlived.
        Ok(unsafe { start(Location::caller(), self.name, f, |_| ()) })
    }

    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Ok(scope.start(Location::caller(), self.name, f))
    }
}

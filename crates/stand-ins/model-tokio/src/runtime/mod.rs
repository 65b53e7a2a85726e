//! `tokio::runtime`, as far as a program sees it from inside.

mod builder;

use std::panic::Location;

use explore::runtime::task;

pub use self::builder::{Builder, Runtime};
use crate::task::JoinHandle;

/// The runtime that the program runs on.
#[derive(Clone, Debug)]
pub struct Handle(());

impl Handle {
    pub fn current() -> Self {
        Handle(())
    }

    pub fn try_current() -> Result<Self, TryCurrentError> {
        match explore::runtime::world() {
            Some(_) => Ok(Handle(())),
            None => Err(TryCurrentError(())),
        }
    }

    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        crate::spawn(future)
    }

    #[track_caller]
    pub fn spawn_blocking<F, R>(&self, f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        crate::task::spawn_blocking(f)
    }

    /// Blocks a thread until the future is ready. A task that does so blocks the whole runtime,
    /// which tokio refuses with a panic.
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let place = Location::caller();
        task::block_on(place, "calls block_on", future)
    }

    pub fn metrics(&self) -> RuntimeMetrics {
        RuntimeMetrics(())
    }
}

/// There is no runtime here.
#[derive(Debug)]
pub struct TryCurrentError(());

impl std::fmt::Display for TryCurrentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("there is no reactor running")
    }
}

impl std::error::Error for TryCurrentError {}

/// What can be counted about a runtime.
#[derive(Clone, Debug)]
pub struct RuntimeMetrics(());

impl RuntimeMetrics {
    pub fn num_alive_tasks(&self) -> usize {
        task::alive()
    }
}

//! Runtimes that a program makes itself. In a world there is one already, so their tasks run on
//! that one, and `block_on` is what it is in tokio: a mistake in a task.

use std::io;
use std::panic::Location;

use explore::runtime::task;

use super::Handle;
use crate::task::JoinHandle;

/// Makes a [`Runtime`]. What is asked of it is not looked at.
#[derive(Debug)]
pub struct Builder(());

impl Builder {
    pub fn new_current_thread() -> Builder {
        Builder(())
    }

    pub fn new_multi_thread() -> Builder {
        Builder(())
    }

    pub fn enable_all(&mut self) -> &mut Self {
        self
    }

    pub fn enable_time(&mut self) -> &mut Self {
        self
    }

    pub fn worker_threads(&mut self, _: usize) -> &mut Self {
        self
    }

    pub fn max_blocking_threads(&mut self, _: usize) -> &mut Self {
        self
    }

    pub fn thread_name(&mut self, _: impl Into<String>) -> &mut Self {
        self
    }

    pub fn build(&mut self) -> io::Result<Runtime> {
        Runtime::new()
    }
}

/// A runtime.
#[derive(Debug)]
pub struct Runtime(Handle);

impl Runtime {
    pub fn new() -> io::Result<Runtime> {
        Ok(Runtime(Handle::current()))
    }

    pub fn handle(&self) -> &Handle {
        &self.0
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

    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        task::block_on(Location::caller(), "calls block_on", future)
    }
}

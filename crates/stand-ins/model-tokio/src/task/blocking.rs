//! Work that blocks its thread.

use std::panic::Location;

use explore::runtime::task;

use super::{Job, JoinHandle, Shared};

/// Runs `work` on a thread of its own. It is not interrupted but where it blocks.
#[track_caller]
pub fn spawn_blocking<F, R>(work: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    start(Location::caller(), work, Shared::new(None))
}

pub(super) fn start<F, R>(
    place: explore::runtime::Place,
    work: F,
    shared: std::sync::Arc<Shared<R>>,
) -> JoinHandle<R>
where
    F: FnOnce() -> R + 'static,
    R: 'static,
{
    let job = Job::new(async move { work() }, shared.clone());
    let lane = task::spawn_blocking(place, Box::new(job));
    JoinHandle::new(place, shared, lane)
}

//! Tasks that are waited for together.

mod collect;
mod ends;

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::panic::Location;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use explore::runtime::task::Await;
use explore::runtime::{Edge, Object, Place, Touch, aside};

use self::ends::{End, Ends};
use super::join::{joined, start};
use super::{AbortHandle, Id, JoinError, JoinHandle, LocalSet, Shared, blocking, local};

/// A set of tasks. Those that are left when it is dropped are aborted.
pub struct JoinSet<T> {
    tasks: BTreeMap<u64, JoinHandle<T>>,
    made: u64,
    ends: Arc<Ends>,
    wait: Await<'static>,
}

const WAITS: &str = "waits for the end of a task of";

impl<T> JoinSet<T> {
    #[track_caller]
    pub fn new() -> Self {
        let place = Location::caller();
        let object = Arc::new(Object::new("JoinSet", place));
        let wait = Await::on_shared(place, object.clone(), WAITS).at_the_caller();
        JoinSet {
            tasks: BTreeMap::new(),
            made: 0,
            ends: Ends::new(object),
            wait,
        }
    }

    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// The place for the result of one more task.
    fn slot(&mut self) -> Arc<Shared<T>> {
        self.made += 1;
        Shared::new(Some(End::waker(self.made, &self.ends)))
    }

    fn keep(&mut self, handle: JoinHandle<T>) -> AbortHandle {
        let abort = handle.abort_handle();
        self.tasks.insert(self.made, handle);
        abort
    }
}

impl<T: 'static> JoinSet<T> {
    #[track_caller]
    pub fn spawn<F>(&mut self, task: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        self.start(Location::caller(), task)
    }

    fn start(&mut self, place: Place, task: impl Future<Output = T> + 'static) -> AbortHandle {
        let slot = self.slot();
        let handle = start(place, task, slot);
        self.keep(handle)
    }

    #[track_caller]
    pub fn spawn_on<F>(&mut self, task: F, _: &crate::runtime::Handle) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        self.start(Location::caller(), task)
    }

    #[track_caller]
    pub fn spawn_local<F>(&mut self, task: F) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        let slot = self.slot();
        let handle = local::start_here(Location::caller(), task, slot);
        self.keep(handle)
    }

    #[track_caller]
    pub fn spawn_local_on<F>(&mut self, task: F, local_set: &LocalSet) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        let slot = self.slot();
        let handle = local_set.start(Location::caller(), task, slot);
        self.keep(handle)
    }

    #[track_caller]
    pub fn spawn_blocking<F>(&mut self, f: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        let slot = self.slot();
        let handle = blocking::start(Location::caller(), f, slot);
        self.keep(handle)
    }

    #[track_caller]
    pub fn join_next(&mut self) -> impl Future<Output = Option<Result<T, JoinError>>> {
        self.at(Location::caller());
        poll_fn(|cx| self.poll_join_next(cx))
    }

    #[track_caller]
    pub fn join_next_with_id(
        &mut self,
    ) -> impl Future<Output = Option<Result<(Id, T), JoinError>>> {
        self.at(Location::caller());
        poll_fn(|cx| self.poll_join_next_with_id(cx))
    }

    #[track_caller]
    pub fn try_join_next(&mut self) -> Option<Result<T, JoinError>> {
        let joined = self.try_join_next_with_id()?;
        Some(joined.map(|(_, output)| output))
    }

    #[track_caller]
    pub fn try_join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        let place = Location::caller();
        let turn = explore::runtime::look(place);
        turn.touch(self.ends.object(), Touch::Write, Edge::None);
        let next = self.ends.next();
        match next {
            Some(number) => Some(self.join(turn, number)),
            None => {
                explore::runtime::looked(place, 0);
                turn.say(|note| {
                    let name = note.name(self.ends.object());
                    note.what(format!("looks at {name}: no task is over"))
                });
                None
            }
        }
    }

    #[track_caller]
    pub fn shutdown(&mut self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            self.abort_all_at(place);
            self.at(place);
            while poll_fn(|cx| self.poll_join_next(cx)).await.is_some() {}
        }
    }

    #[track_caller]
    pub fn join_all(mut self) -> impl Future<Output = Vec<T>> {
        let place = Location::caller();
        async move {
            self.at(place);
            let mut output = Vec::with_capacity(self.len());
            while let Some(joined) = poll_fn(|cx| self.poll_join_next(cx)).await {
                match joined {
                    Ok(value) => output.push(value),
                    Err(error) if error.is_panic() => {
                        explore::runtime::unwinding();
                        std::panic::resume_unwind(error.into_panic())
                    }
                    Err(error) => panic!("{error}"),
                }
            }
            output
        }
    }

    #[track_caller]
    pub fn abort_all(&mut self) {
        self.abort_all_at(Location::caller());
    }

    fn abort_all_at(&self, place: Place) {
        let tasks = self.tasks.values().map(JoinHandle::lane);
        for task in tasks.filter(|&task| !explore::runtime::finished(task)) {
            super::abort::abort(place, task);
        }
    }

    pub fn detach_all(&mut self) {
        self.tasks.clear();
        self.ends.forget();
    }

    pub fn poll_join_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, JoinError>>> {
        let joined = ready!(self.poll_join_next_with_id(cx));
        Poll::Ready(joined.map(|joined| joined.map(|(_, output)| output)))
    }

    pub fn poll_join_next_with_id(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<(Id, T), JoinError>>> {
        if self.tasks.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.wait.begin());
        let next = self.ends.poll(cx);
        let Some(number) = next else {
            self.wait.pending();
            return Poll::Pending;
        };
        let turn = self.wait.ready();
        self.wait.renew();
        Poll::Ready(Some(self.join(turn, number)))
    }

    fn join(&mut self, turn: explore::runtime::Turn, number: u64) -> Result<(Id, T), JoinError> {
        let task = self.tasks.remove(&number).expect("it was kept until now");
        let result = task
            .shared()
            .take()
            .expect("a task that is over has a result");
        let id = task.id();
        joined(turn, task.lane(), result).map(|output| (id, output))
    }

    fn at(&mut self, place: Place) {
        self.wait = Await::on_shared(place, self.ends.object().clone(), WAITS);
    }
}

impl<T> Drop for JoinSet<T> {
    fn drop(&mut self) {
        if explore::runtime::world().is_none() {
            return;
        }
        for task in self.tasks.values() {
            if !explore::runtime::finished(task.lane()) {
                explore::runtime::task::abort(task.lane());
                aside(None).say(|note| {
                    let name = note.name(self.ends.object());
                    let task = explore::runtime::lane_name(task.lane());
                    note.what(format!("drops {name}, which aborts {task}"))
                });
            }
        }
    }
}

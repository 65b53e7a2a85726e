//! Threads that borrow.

use real::cell::{Cell, RefCell};
use real::fmt;
use real::marker::PhantomData;
use real::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use real::rc::Rc;

use explore::runtime::Place;

use super::handle::{start, wait_for};
use super::{JoinHandle, Thread};

/// Threads that end before what they borrow does.
pub struct Scope<'scope, 'env: 'scope> {
    members: RefCell<Vec<Rc<Member>>>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

// SAFETY: all threads of a world are carried by one operating system thread.
unsafe impl Sync for Scope<'_, '_> {}

/// A thread of a scope.
struct Member {
    thread: Cell<Option<Thread>>,
    joined: Cell<bool>,
    panicked: Cell<bool>,
}

/// The right to wait for a thread of a scope.
pub struct ScopedJoinHandle<'scope, T> {
    handle: JoinHandle<T>,
    member: Rc<Member>,
    scope: PhantomData<&'scope ()>,
}

// SAFETY: all threads of a world are carried by one operating system thread.
unsafe impl<T> Send for ScopedJoinHandle<'_, T> {}
// SAFETY: as above.
unsafe impl<T> Sync for ScopedJoinHandle<'_, T> {}

#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let place = Location::caller();
    let scope = Scope {
        members: RefCell::default(),
        scope: PhantomData,
        env: PhantomData,
    };
    // A panic leaves the scope only when all its threads are over.
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    let lost = scope.wait(place);
    match result {
        Err(panic) => resume_unwind(panic),
        Ok(_) if lost => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope, 'env> Scope<'scope, 'env> {
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.start(Location::caller(), None, f)
    }

    pub(super) fn start<F, T>(
        &'scope self,
        place: Place,
        name: Option<String>,
        f: F,
    ) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let member = Rc::new(Member {
            thread: Cell::new(None),
            joined: Cell::new(false),
            panicked: Cell::new(false),
        });
        let own = member.clone();
        let ended = move |result: &super::Result<T>| own.panicked.set(result.is_err());
        // SAFETY: `scope` does not return or unwind before the thread is over, whatever happens
        // to the handle: `wait` sees to every member. Where the run is given up, its lanes never
        // go on.
        let handle = unsafe { start(place, name, f, ended) };
        member.thread.set(Some(handle.thread().clone()));
        self.members.borrow_mut().push(member.clone());
        ScopedJoinHandle {
            handle,
            member,
            scope: PhantomData,
        }
    }

    /// Waits for all threads. Whether one has panicked that nobody has joined.
    fn wait(&self, place: Place) -> bool {
        let mut lost = false;
        loop {
            // A thread may add others while it runs.
            let members = self.members.take();
            let left = members.iter().filter(|member| !member.joined.get());
            let lanes: Vec<_> = left.filter_map(|member| member.lane()).collect();
            if lanes.is_empty() {
                return lost;
            }
            wait_for(&lanes, place);
            let unseen = |member: &Rc<Member>| !member.joined.get() && member.panicked.get();
            lost |= members.iter().any(unseen);
        }
    }
}

impl Member {
    fn lane(&self) -> Option<explore::runtime::LaneId> {
        let thread = self.thread.take();
        let lane = thread.as_ref().map(Thread::lane);
        self.thread.set(thread);
        lane
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    #[track_caller]
    pub fn join(self) -> super::Result<T> {
        let result = self.handle.join();
        self.member.joined.set(true);
        result
    }

    pub fn thread(&self) -> &Thread {
        self.handle.thread()
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.handle.is_finished()
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}

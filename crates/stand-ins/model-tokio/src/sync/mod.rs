//! `tokio::sync`.

mod barrier;
pub mod broadcast;
mod end;
mod gate;
mod line;
mod mapped;
pub mod mpsc;
mod mutex;
mod notify;
mod once_cell;
pub mod oneshot;
mod permit;
mod rwlock;
mod rwlock_guards;
mod semaphore;
mod set_once;
pub mod watch;

pub use real::sync::{AcquireError, SetError, SetOnceError, TryAcquireError, TryLockError};

pub use self::barrier::{Barrier, BarrierWaitResult};
pub use self::mapped::{MappedMutexGuard, OwnedMappedMutexGuard};
pub use self::mutex::{Mutex, MutexGuard, OwnedMutexGuard};
pub use self::notify::Notify;
pub use self::once_cell::OnceCell;
pub use self::permit::{OwnedSemaphorePermit, SemaphorePermit};
pub use self::rwlock::RwLock;
pub use self::rwlock_guards::{
    OwnedRwLockMappedWriteGuard, OwnedRwLockReadGuard, OwnedRwLockWriteGuard,
    RwLockMappedWriteGuard, RwLockReadGuard, RwLockWriteGuard,
};
pub use self::semaphore::Semaphore;
pub use self::set_once::SetOnce;

pub mod futures {
    pub use super::notify::{Notified, OwnedNotified};
}

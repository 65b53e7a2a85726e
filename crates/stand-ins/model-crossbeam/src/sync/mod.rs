//! `crossbeam::sync`.

mod parker;
mod sharded_lock;
mod wait_group;

pub use self::parker::{Parker, Unparker};
pub use self::sharded_lock::{ShardedLock, ShardedLockReadGuard, ShardedLockWriteGuard};
pub use self::wait_group::WaitGroup;

//! What may be shared with a closure that panics: the same as in std.

use real::panic::{RefUnwindSafe, UnwindSafe};

use super::atomic::AtomicPtr;
use super::{Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock};
use crate::thread::Thread;

impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}
impl<T: ?Sized> UnwindSafe for RwLock<T> {}
impl<T: ?Sized> RefUnwindSafe for RwLock<T> {}
impl UnwindSafe for Condvar {}
impl RefUnwindSafe for Condvar {}
impl UnwindSafe for Barrier {}
impl RefUnwindSafe for Barrier {}
impl UnwindSafe for Once {}
impl RefUnwindSafe for Once {}
impl<T: UnwindSafe> UnwindSafe for OnceLock<T> {}
impl<T: RefUnwindSafe + UnwindSafe> RefUnwindSafe for OnceLock<T> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}
impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}
impl<T> RefUnwindSafe for AtomicPtr<T> {}
impl UnwindSafe for Thread {}
impl RefUnwindSafe for Thread {}

//! `std`, with the parts that order threads taken from loom.
//!
//! `Arc` stays that of `std`: loom's own aborts the process when a model ends in a deadlock, and
//! none of the programs asks how many owners there are.
#![expect(
    missing_docs,
    reason = "the items are those of `std`, and are documented there"
)]

// What is named below stands before what comes by this glob.
pub use std::*;

pub use loom::{hint, thread};

pub mod sync {
    pub use std::sync::Arc;

    pub use loom::sync::{Condvar, Mutex, MutexGuard, RwLock, atomic};
}

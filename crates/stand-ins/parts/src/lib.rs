//! What the stand-ins for `std`, `parking_lot` and `crossbeam` have in common.
//!
//! A part knows who holds, waits and is woken, and tells the explorer; it holds no data of the
//! program. The types that a program sees wrap one each and add what their library adds:
//! poisoning, guards, names. So a lock behaves the same under every name, and is tested once.
//!
//! Parts are neither `Send` nor `Sync`. Who wraps one says why that is sound: a world runs on one
//! operating system thread, and an [`Object`](explore::runtime::Object) that another world knows
//! is refused.

mod barrier;
pub mod channel;
mod handles;
mod lock;
mod once;
mod shared_lock;
mod sleepers;
mod token;
mod upgradable;

pub use barrier::Barrier;
pub use handles::Handles;
pub use lock::Lock;
pub use once::{Entry, Leave, Once, Progress};
pub use shared_lock::{Manners, SharedLock};
pub use sleepers::Sleepers;
pub use token::Token;

//! What the stand-ins for `std`, `parking_lot` and `crossbeam` have in common.
//!
//! A part knows who holds, waits and is woken, and tells the explorer; it holds no data of the
//! program. The types that a program sees wrap one each and add what their library adds:
//! poisoning, guards, names. So a lock behaves the same under every name, and is tested once.

mod lock;

pub use lock::Lock;

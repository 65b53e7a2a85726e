//! What stands after an `.await` does not run when the future is dropped there.
//!
//! **What goes wrong.** A seat is held while the customer pays, and released if the payment fails.
//! The payment takes longer than the shop waits. The timeout drops the future at its `.await`, and
//! the lines behind it are gone with it. Nothing is sold, and the seat stays held.
//!
//! **In Go** a cancelled context makes the call return an error; the function goes on, sees the
//! error, and cleans up, with a `defer` on every way out. (A guide's clean-up after a cancel is not
//! deferred, and a panic or an early return skips it.) **In Rust** whoever owns a future may drop
//! it: a timeout, a `select!`, `abort`, a client that closes its connection. The function does not
//! return. It ends at the `.await` where it stands, and each `.await` may be the last line.
//!
//! **The mend.** A guard: what must happen in any case stands in `drop`, which runs when the future
//! is dropped, when it returns, and when it panics. `drop` cannot await. If the clean-up has to,
//! let nobody drop it: give the work a task of its own and a token, race the token against the
//! work, and clean up behind that (see
//! [`cleanup_under_the_stop`](super::cleanup_under_the_stop)); or let the guard spawn the clean-up.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that cancels in the middle and then looks
//! at what is left.
//!
//! Covers: b:P40, b:S59, b:E65

pub mod broken;
pub mod fixed;

use std::sync::atomic::{AtomicU32, Ordering};

/// The seats of a theatre.
pub struct Seats {
    held: AtomicU32,
}

impl Seats {
    /// Seats of which so many are held or sold already.
    pub fn new(held: u32) -> Seats {
        let held = AtomicU32::new(held);
        Seats { held }
    }

    /// Holds a seat, so that nobody else can have it.
    pub fn hold(&self) {
        self.held.fetch_add(1, Ordering::Relaxed);
    }

    /// Gives a seat back that was held.
    pub fn release(&self) {
        self.held.fetch_sub(1, Ordering::Relaxed);
    }

    /// How many are held or sold.
    pub fn held(&self) -> u32 {
        self.held.load(Ordering::Relaxed)
    }
}

//! Dropping a token cancels nothing, and an early return drops it.
//!
//! **What goes wrong.** An import switches on a light, and the token that is to switch it off is
//! cancelled at the end. A row has no price; `?` leaves the function, and the token is
//! dropped. A dropped token is not a cancelled one. The light waits for ever, and whoever waits for
//! the tasks of the program does so as well.
//!
//! **In Go** it is the missing `defer cancel()`, which `go vet` reports. What the guides say of the
//! harm is not so: 100,000 contexts that nobody cancelled left one goroutine, and not a growing
//! number of them. What they cost is memory: nothing under `Background`, 11 MB below a parent that
//! lives on, 27 MB with a timeout, until it is over. **In Rust** the token costs nothing once the
//! last handle is gone (and no task: 100,000 children, 0 tasks). What stays is whoever *waits* for
//! it: measured, `cancelled()` on a clone of a dropped token was not ready, then or later.
//!
//! **The mend.** `drop_guard()`, as soon as there is something to cancel: it cancels on every way
//! out, by `?`, `return`, a panic, or a future that is dropped. After that, the `cancel` at the end
//! is not needed either.
//!
//! **Who catches it.** Nobody at compile time: clippy has nothing like `lostcancel`. The world says
//! who waits for what, and where.
//!
//! Covers: b:P32, b:S54, b:S56, b:C-25, b:C-26, b:E70

pub mod broken;
pub mod fixed;

use tokio_util::sync::CancellationToken;

/// A row has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadRow;

/// A light that shows that something is going on.
#[derive(Debug)]
pub struct Light;

impl Light {
    async fn shine(self, done: CancellationToken) {
        done.cancelled().await;
    }
}

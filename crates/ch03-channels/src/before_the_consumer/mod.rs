//! Everything is sent before anybody is there to receive.
//!
//! **What goes wrong.** The queue of a label printer has two places. All labels are put into it,
//! and then the printer is started. Two parcels work. With the third, `send` waits for room, and
//! the line that would start the printer is never reached.
//!
//! **In Go** `make(chan string)` has no place at all, so the first send waits for a receiver, and
//! `main` alone ends with "all goroutines are asleep". In a server, where other goroutines live, it
//! is one more silent leak, and under `-race` the process hangs. A buffer does not mend it; it
//! moves it to the item after the buffer, which is after the tests. **In Rust** nobody looks for
//! deadlocks at all. `sync_channel(0)` is Go's unbuffered channel and stops at the first item;
//! `sync_channel(2)` stops at the third. tokio's `channel(2)` does the same to a task.
//!
//! The kindest case is the one where the receiver has been dropped: then `send` does not wait but
//! returns an error. It is the living receiver, kept in a variable for later, that is waited for.
//!
//! **The mend.** Start whoever receives before the first send. (An unbounded channel also ends the
//! wait, and holds the whole shipment in memory.)
//!
//! **Who catches it.** Neither rustc nor clippy, and no test with few items. In a world it takes
//! one schedule.
//!
//! Covers: a:P15, a:P30, a:P31, c:P1, c:P9, a:S20, a:S22, c:S11

pub mod broken;
pub mod fixed;

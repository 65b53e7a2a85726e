//! The same thirty seconds are given to two waits in a row.
//!
//! **What goes wrong.** A shop closes: its customers leave, its orders are packed, and after half a
//! minute the lights go out. Each of the two waits gets the half minute. Together they may take
//! two; the lights go out while the orders are being packed.
//!
//! **In Go** it is a `WithTimeout(ctx, grace)` for the server and another for its jobs. A guide's
//! graceful shutdown promises 30 s and may take 60, and then the platform, which was promised 30,
//! kills the process in the middle. **In Rust** `timeout` counts from where it stands. A time
//! *span* is spent anew by each who is given it; a *point* in time is spent by all together.
//!
//! **The mend.** One `Instant`, taken at the beginning, and `timeout_at`. Handed down through any
//! number of calls, it gives each what the others left. Timeouts inside one another need no such
//! care: the earliest ends (`checks/nested.rs`), so a part may have five seconds within thirty.
//!
//! **Who catches it.** Nobody at compile time. A test in which both phases are slow, which is free
//! under a virtual clock; with one slow phase it passes.
//!
//! Covers: b:E27, b:C-58, b:C-24, b:S58, b:P37, b:S41a, b:S41b, b:S49, c:S44

pub mod broken;
pub mod fixed;

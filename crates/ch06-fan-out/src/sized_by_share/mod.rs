//! The number of workers is computed from the share of waiting, and the cores are idle.
//!
//! **What goes wrong.** An image computes for a second and then uploads for a second: it waits half
//! of the time. One core times (1 + 0.5) is one worker. While it uploads, the core does nothing,
//! and two images take four seconds. Two workers take three.
//!
//! **In Go** a guide gives the formula twice: cores × (1 + share of I/O), 1.5 for 50 %. The share
//! is below one, so it never yields more than twice the cores, whatever the work. What it should be
//! follows from Little's law: to keep `cores` busy, there must be `cores` × (time in all / time on
//! a core) jobs in flight, which is cores × (1 + waiting / computing). For 800 jobs of 100 ms on
//! four cores, in virtual time (`checks/facts.rs`; a permit is a core):
//!
//! | waits | at best | 1 + share | 1 + waiting / computing | twice the cores |
//! |---|---|---|---|---|
//! | 50 % | 10 s | 6 workers: 13.4 s | 8 workers: 10.05 s | (the same) |
//! | 80 % | 4 s | 7 workers: 11.5 s | 20 workers: 4.08 s | 8 workers: 10.02 s |
//! | 95 % | 1 s | 7 workers: 11.5 s | 80 workers: 1.095 s | 8 workers: 10 s |
//!
//! **In Rust** a future in flight costs no thread, so more of them do no harm to the cores: with
//! 800 it takes as long as with 80. The bound then protects what they wait *for*. A search that
//! tries one to twice the cores, as a guide has it, cannot find 20, and with one run each it finds
//! noise.
//!
//! **The rule.** Measure waiting and computing, take the ratio, then measure again with real work.
//!
//! **Who catches it.** Nobody. A virtual clock shows it without noise, and in no time.
//!
//! Covers: a:S113, a:S114, a:S115, a:S117, a:C40, a:C41, a:C42, a:C43, a:C45, a:E84, a:E86, b:C-11,
//! b:C-12, b:C-13, b:E32

pub mod broken;
pub mod fixed;

use std::time::Duration;

/// What an image takes of a core.
pub const COMPUTING: Duration = Duration::from_secs(1);
/// What an image waits for the network.
pub const WAITING: Duration = Duration::from_secs(1);

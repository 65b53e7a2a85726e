//! A job panics, and takes its worker along.
//!
//! **What goes wrong.** A photo lab has so many benches, and each takes one order after the other.
//! An order that cannot be read makes its bench panic. The customer is told, since the panic drops
//! the sender of the answer. The bench is gone, and nobody is told that. With four benches it takes
//! four such orders; after the fourth the queue has no receiver, and the lab does nothing any more.
//!
//! **In Go** a panic in a worker ends the process, unless a `defer` recovers: then the worker is
//! over, too, and the pool is one short unless somebody starts another. The plain pool of one guide
//! does not recover, and one bad job ends its program; the four short guides do not speak of it.
//! **In Rust** only the task ends. That is kinder to the others, and quieter: a pool that has lost
//! its workers looks like one that is slow.
//!
//! **The mend.** Give each job a place of its own to panic in. Here it is a task, whose handle says
//! how it ended; the worker waits for it and goes on. Where jobs are closures that must stay on the
//! worker's thread, `catch_unwind` does the same. (It catches no abort and no stack overflow, and
//! what the job had half changed stays half changed.)
//!
//! **Who catches it.** Neither rustc nor clippy. A test with as many bad jobs as workers, and one
//! good job behind them.
//!
//! Covers: b:P22, b:S23, b:S38, b:E22, b:C-19, c:P45

pub mod broken;
pub mod fixed;

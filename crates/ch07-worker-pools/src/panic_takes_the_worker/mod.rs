//! A job panics, and takes its worker along.
//!
//! **What goes wrong.** A photo lab has so many benches, and each takes one order after the other.
//! An order that cannot be read makes its bench panic. The customer is told, since the panic drops
//! the sender of the answer. The bench is gone, and nobody is told that. With four benches it takes
//! four such orders. The lab still has its queue, to tell how many wait, so orders are accepted;
//! from the fifth on, every customer waits for ever.
//!
//! **In Go** a panic in a worker ends the process, unless a `defer` recovers: then the worker is
//! over, too, and the pool is one short unless somebody starts another. The plain pool of one guide
//! does not recover, and one bad job ends its program; the four short guides do not speak of it.
//! **In Rust** only the thread or the task ends. That is kinder to the others, and quieter: a pool
//! that has lost its workers looks like one that is slow. If the workers had the only receivers,
//! the queue would go with the last of them, and `send` would fail: better, and late.
//!
//! **The mend.** Give each job a place of its own to panic in. On a thread it is `catch_unwind`.
//! (It catches no abort and no stack overflow. What a job had half changed stays half changed,
//! which is what `UnwindSafe` asks about.) Among tasks, spawn each job: its handle says how it
//! ended.
//!
//! **Who catches it.** Neither rustc nor clippy. A test with as many bad jobs as workers, and one
//! good job behind them.
//!
//! Covers: b:P22, b:S23, b:S38, b:E22, b:C-19, c:P45

pub mod broken;
pub mod fixed;

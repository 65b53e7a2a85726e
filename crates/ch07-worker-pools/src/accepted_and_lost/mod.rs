//! The pool stops, and what it had accepted is neither done nor called off.
//!
//! **What goes wrong.** A copy shop accepts jobs, and a board says what became of each. When the
//! shop closes, the printer finishes the job in hand and goes. What still lay in the tray is
//! dropped with it. On the board it is "accepted", today and for ever. There is no error: nobody
//! sends any more, and nobody receives.
//!
//! **In Go** it is a `quit` channel beside the queue, and `select` takes either: of 200 jobs that a
//! guide's server had accepted, its graceful shutdown reported 46. Two more pools lost 12 to 17 of
//! 100, and 50 of 50. **In Rust** a submitter who waits at a `oneshot` does hear of it, because
//! dropping the queue drops the sender. Where the answer is a row in a table, a file or a mail,
//! dropping is silent.
//!
//! **The rule.** To accept is to owe an outcome, and *cancelled* is one. Close the queue (from then
//! on nothing is accepted), then empty it, and give each job its last word. Chapter 4
//! (`stop_forgets_the_queue`) runs what is left instead; a deadline over that, and this for the
//! rest, is what a server does (`desk.rs`). Mind the order in `accept`, too. The row is there
//! before the printer can have the job: the other way round, it would write "accepted" over
//! "printed".
//!
//! **Who catches it.** Neither rustc nor clippy. A test that stops the pool with something in the
//! queue, and asks for *every* accepted job how it ended.
//!
//! Covers: a:E91, b:P25, b:E23, b:E40

pub mod broken;
pub mod fixed;

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It will be printed, or called off.
    Accepted,
    /// It is done.
    Printed,
    /// It will not be done.
    CalledOff,
}

//! Shares are counted, and no new turn ever begins.
//!
//! **What goes wrong.** Of every three parcels two are to be express. The bay counts how many of
//! each class it has loaded, and passes over a class that has had its share. Two express parcels
//! and one other later everybody has had it, for good: `load` says that nothing waits, and two
//! parcels do.
//!
//! **In Go** a guide's weighted pool does the same with three counters that nobody resets. Its
//! dispatcher puts what it may not take back into the queue and tries again: 9 of 60 tasks were
//! done, then it went round with one core busy and 52 goroutines. **In Rust** the same logic
//! compiles; whether it hangs, spins or ends early depends only on what stands around it.
//!
//! **The mend.** When no class that still has a share has anything waiting, a new turn begins. This
//! is weighted round robin. Two things follow from where the reset stands: a class with nothing to
//! do lends its share to the others, and it saves nothing up for later. Where jobs differ in size,
//! count what they cost instead (deficit round robin).
//!
//! **Who catches it.** Neither rustc nor clippy. A test with more jobs than one turn takes; the
//! guide's own example has 9 a turn.
//!
//! Covers: b:P27, b:S34, b:E43

pub mod broken;
pub mod fixed;

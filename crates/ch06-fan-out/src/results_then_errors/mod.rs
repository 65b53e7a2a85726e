//! All results are read first and all errors afterwards, and the errors do not fit.
//!
//! **What goes wrong.** A parser for each line sends what it found into one of two channels. The
//! importer reads the results to their end, then the errors. The second error finds the channel
//! full. Its parser waits for room, and holds a sender of the results; the importer waits for the
//! results to end. A file with one bad line has always been imported; one with two never is.
//!
//! **In Go** a guide shows this very use of its pool: `for r := range pool.Results()`, then `for
//! err := range pool.Errors()`. With room for ten, eleven errors end in "all goroutines are
//! asleep". In a server with other goroutines nothing is said, and **in Rust** nothing ever is: the
//! task waits.
//!
//! **The mend.** Whoever reads two channels that one worker fills reads them at the same time:
//! `join!` polls both. More room only moves the number of errors at which it hangs; with channels
//! without a bound it is gone, and so is the backpressure. If the workers are yours, send `Result`s
//! through one channel and sort them when they are there; then there is nothing to get wrong.
//!
//! **Who catches it.** Nobody at compile time. A test with more errors than room. Without it, the
//! first bad day.
//!
//! Covers: a:P77, a:E92, a:S120, a:S123, a:S130

pub mod broken;
pub mod fixed;

//! Futures in a buffer do not go on while their reader is busy, and keep what they hold.
//!
//! **What goes wrong.** Two orders are read at a time, and there is one connection. The first read
//! gives it back, and the semaphore hands it to the second, which stands in the queue. But the
//! reader of the stream is busy: it writes the first invoice, and waits for a connection. The
//! second read has one, and nobody polls it. Both wait for one another, in one task. (Some call it
//! a *futurelock*.)
//!
//! **In Go** a fan-out runs by itself. The goroutines go on whatever their reader does, until they
//! want to hand over a result; then they hold no connection. **In Rust** futures that were not
//! spawned live off their reader: `buffered`, `buffer_unordered` and `FuturesUnordered` poll them
//! only when somebody asks for the next item. In between they stand still, with what they hold: a
//! permit, a lock, a place in a queue, a connection whose other end counts the seconds. Stages in a
//! row suffer from it, too: four items through three stages of a second, each with `buffered(1)`,
//! take 12 s and not 6, for a full buffer does not ask the one before it (`checks/facts.rs`).
//!
//! **The mend.** Let the future of an item do all of its work, and let the reader only count. Or
//! spawn the reads: tasks go on by themselves. `for_each_concurrent(2, …)` behind the buffer does
//! not help for sure; when it is full, it asks for nothing.
//!
//! **Who catches it.** Nobody at compile time, and no test in which connections are plentiful. In a
//! world of tasks it is a deadlock, found at once.
//!
//! Covers: a:S126, a:E90, a:C48

pub mod broken;
pub mod fixed;

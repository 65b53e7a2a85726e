//! Two transfers in opposite directions, each holding the lock that the other needs.
//!
//! **What goes wrong.** Each transfer locks the payer and then the payee. Alone, that is fine. When
//! Alice pays Bob while Bob pays Alice, each thread may take its first lock before the other takes
//! its second. From then on each holds what the other waits for.
//!
//! **In Go** the same two lines hang the same two goroutines. If `main` waits for them, the runtime
//! ends the program with "all goroutines are asleep"; if anything can still wake up (a `main` that
//! sleeps and returns, a server that waits for a connection) it says nothing at all.
//!
//! **In Rust** nothing ever says anything: no thread is told that it waits in a ring. The borrow
//! checker proves that nobody reads a balance without its lock. It knows nothing about the order in
//! which locks are taken.
//!
//! **The rule.** Give all locks of a kind one order and take them in that order everywhere. The
//! order must belong to the *locks* (here the account number). An order among the parameters is no
//! order: `(a, b)` and `(b, a)` swap it. A transfer from an account to itself still
//! needs a case of its own; the exercise `transfer` asks for it.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer does, with one switch between the
//! threads. In production, `parking_lot`'s feature `deadlock_detection` can, for its own locks.
//!
//! Covers: c:P3, c:S85, c:E144

pub mod broken;
pub mod fixed;

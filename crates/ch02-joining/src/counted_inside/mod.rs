//! A task counts itself, so before it runs it does not count.
//!
//! **What goes wrong.** A task is spawned for each invoice, and each takes a token of the tracker
//! as its first act. Spawning does not run a task. When `mail_all` closes the tracker and waits, no
//! task need have begun; on one thread none has. The tracker counts none, and the wait is over at
//! once: 0 of 2 invoices are out. A `yield_now` in between lets some begin, and promises nothing.
//!
//! **In Go** this is `wg.Add(1)` inside the goroutine. `Wait` finds a count of zero and returns.
//! (`go vet` looks for it, and `wg.Go` makes it impossible.) A guide warns of another program
//! instead, one that adds a second batch while the first runs and waits once for both. That one is
//! right: all `Add`s come before `Wait`. In 3,000 runs under the race detector it counted 6 of 6
//! each time. **In Rust** nothing is different for whoever counts by hand. `JoinSet::spawn` and
//! `TaskTracker::spawn` count in the call that spawns, so there is no moment between the two.
//!
//! **The mend.** Let the tracker spawn. Where it cannot (a future that is polled elsewhere), take
//! the token outside and move it in. It counts down when it is dropped: at the end, at an early
//! return, in a panic, on `abort`.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer, in its first schedule.
//!
//! Covers: a:P10, a:S14, a:S15, a:S17, a:E16, a:C14, c:S6

pub mod broken;
pub mod fixed;

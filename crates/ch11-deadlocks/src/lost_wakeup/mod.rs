//! A notification that comes between "must I sleep?" and "I sleep".
//!
//! **What goes wrong.** The worker looks at `stopped`, sees `false` and is about to wait. Now
//! `stop` sets the flag and notifies: nobody sleeps yet, so nobody hears it. Then the worker goes
//! to sleep. A condition variable remembers nothing; the wake-up is gone, and joining the worker
//! hangs.
//!
//! **In Go** `sync.Cond` has the same trap and the same rule.
//!
//! **In Rust** an `AtomicBool` beside a `Mutex` looks like good manners: no lock for a mere flag.
//! `SeqCst` does not help, since the flag is read correctly. What is missing is that reading it and
//! falling asleep are *one* step for whoever changes it. `Condvar::wait` gives exactly that, for
//! what stands inside the mutex whose guard you hand it.
//!
//! **The rule.** All that decides about sleeping lives inside the mutex, and is changed under it.
//! Notifying may come after the unlock.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer does, with two switches between the
//! threads.
//!
//! Covers: b:P18, b:E39

pub mod broken;
pub mod fixed;

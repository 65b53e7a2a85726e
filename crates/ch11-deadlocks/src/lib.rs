//! Chapter 11: programs that wait for themselves.
//!
//! A deadlock is a ring: everyone in it waits for the next. Go's runtime notices when *all*
//! goroutines of a process are in it, and only then. Rust's runtimes never notice. So the same
//! mistake that ends a small Go program with a message leaves a Rust program standing, silent, with
//! nothing in its log. rustc does not help: it proves that shared data is touched under its lock,
//! and knows nothing of the order of locks, of messages that will not come, or of who keeps a
//! sender.
//!
//! What is waited for differs; the ring does not:
//!
//! | pair | waits for | the mend |
//! |---|---|---|
//! | [`opposite_transfers`] | a lock, held by one who waits for mine | one order for all locks |
//! | [`async_opposite_transfers`] | the same among tasks | the same |
//! | [`match_guard`] | a lock that this very thread holds | end the guard with a statement |
//! | [`recursive_read`] | a reader behind a writer behind that reader | lock once, at the door |
//! | [`lock_across_await`] | a lock of std, in a task: the whole runtime stands | await first, then lock |
//! | [`send_under_lock`] | room in a channel, with the lock of its reader in hand | let go, then send |
//! | [`nested_permit`] | a permit, with a permit in hand | permits for the leaves only |
//! | [`waiting_for_each_other`] | room in a full channel, from both ends of a ring | receive while sending |
//! | [`kept_sender`] | the end of a channel whose sender one keeps oneself | drop it |
//! | [`lost_wakeup`] | a notification that has already been given | decide and sleep under one lock |
//! | [`timed_lock`] | nobody, but lets nobody go | time out the future, not its handle |
//!
//! Three habits prevent most of them. Know which locks you hold when you call, send or await; best,
//! none. Give locks an order, and write it down. Let ownership end things: a guard in a statement,
//! a sender moved into the task that sends.
//!
//! `refused/` holds what Go lets you write here and rustc does not. Run `cargo xtask demo ch11` to
//! see each pair fail and pass.

pub mod async_opposite_transfers;
pub mod kept_sender;
pub mod lock_across_await;
pub mod lost_wakeup;
pub mod match_guard;
pub mod nested_permit;
pub mod opposite_transfers;
pub mod recursive_read;
pub mod send_under_lock;
pub mod timed_lock;
pub mod waiting_for_each_other;

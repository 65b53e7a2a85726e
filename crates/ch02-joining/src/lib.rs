//! # Waiting for many, and hearing how they ended
//!
//! Go waits with a number: `Add` before, `Done` after, `Wait` until it is zero. Rust waits with
//! values: a handle, a set of tasks, a scope, a member of a group. Most of what can go wrong with a
//! number cannot be written down with a value, and what is left is about ownership and about
//! errors.
//!
//! **When the count is wrong.** Whoever counts by hand makes the mistakes of Go, without the panic
//! that Go has for some of them: too late ([`counted_inside`]), not at all ([`done_at_the_end`]),
//! twice ([`one_done_too_many`]). A spawn that counts and a guard that counts down leave no room
//! for the three. What they do leave room for is a member that stays at home ([`kept_wait_group`]),
//! a member that comes late ([`late_arrivals`]), a party of whom one never arrives
//! ([`missing_at_the_barrier`]), and one message for two readers ([`one_signal_two_waiters`]).
//! Copying a counter, reading a result before the work is done, and waiting twice do not compile:
//! see `refused/`.
//!
//! **When some of them fail.** With one task `?` is enough. With many there is a decision to make,
//! and each has a form of its own:
//!
//! | a failure means | tasks | threads | what goes wrong |
//! |---|---|---|---|
//! | all go on; report each | `JoinSet` | `join` each | see [`while_let_ok`], [`flattened`] |
//! | one stops the rest | `JoinSet`, `shutdown` | a flag | see [`in_order`], [`cancelled_as_ok`] |
//! | all go on, then undo | `join!` | `join` each | see [`half_booked`] |
//!
//! `JoinSet::join_all` leaves the decision to you: it returns every `Result` as it came, and passes
//! a panic on.
//!
//! **A batch that lies about its parts.** A guide's downloader logs "downloaded, 0 bytes" for a
//! failure, because it never looks at the error. It creates the file before it asks, so what is not
//! there leaves an empty file. It names files after the last part of the address, so two downloads
//! write into one, and both report success. It has no timeout, so one silent server keeps its place
//! for ever. With a limit of zero, which is what Go puts into a field that nobody set, it waits for
//! a place that does not exist, and so does a `Semaphore::new(0)`. The first of these cannot happen
//! to you by forgetting: the bytes are inside the `Result`. rustc objects to none of the others.
//!
//! **Nobody reports a hang.** Go's runtime says "all goroutines are asleep" if *all* are. One that
//! waits for a ticker, or a server that listens, and it is silent. Rust's runtimes say nothing in
//! either case.
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`counted_inside`] | tasks | the wait is over before any task has begun |
//! | [`done_at_the_end`] | threads | an early return leaves the waiter waiting |
//! | [`one_done_too_many`] | threads | the wait is over while one is still at work |
//! | [`late_arrivals`] | threads | threads that were started later are not joined |
//! | [`kept_wait_group`] | threads | the group waits for its own member |
//! | [`missing_at_the_barrier`] | threads | all wait for one who has gone home |
//! | [`one_signal_two_waiters`] | tasks | two wait for one message |
//! | [`while_let_ok`] | tasks | the first failure ends the loop, as if it were the last result |
//! | [`in_order`] | tasks | a failure is noticed late, and the others run on |
//! | [`cancelled_as_ok`] | tasks | a part is reported as the whole |
//! | [`half_booked`] | tasks | a future is dropped with its work half-done |
//! | [`flattened`] | tasks | what was done is done again |
//!
//! In Go and in Rust, side by side:
//!
//! | Go | threads | tasks |
//! |---|---|---|
//! | `wg.Go(f)`, then `wg.Wait()` | `thread::scope(\|s\| …)` | `JoinSet`: `spawn`, `join_next` |
//! | `wg` in a struct | crossbeam's `WaitGroup`, one a round | `TaskTracker`: `close`, `wait` |
//! | `wg.Add(len(tasks))` | a loop over `scope.spawn` | `tasks.map(f).collect::<JoinSet<_>>()` |
//! | `errgroup.Group` | handles, `join`, the first `Err` | `JoinSet`, `join_next`, `shutdown` |
//! | `errors.Join(errs...)` | `Vec<E>` | `Vec<E>` |
//! | `close(done)` | a dropped `Sender`; a `Condvar` and a flag | `SetOnce`, `watch` |
//! | one `done` channel for each worker | `handle.join()` | `tokio::join!`, `handle.await` |
//! | two `WaitGroup`s back to back | `std::sync::Barrier` | `tokio::sync::Barrier` |
//!
//! The exercises: `wait-group` builds the number right, once. `error-group` decides what an error
//! means for the others. `deliveries` waits for what comes while one waits. `site-map` finds its
//! work as it goes, and has to know when there is no more.

pub mod cancelled_as_ok;
pub mod counted_inside;
pub mod done_at_the_end;
pub mod flattened;
pub mod half_booked;
pub mod in_order;
pub mod kept_wait_group;
pub mod late_arrivals;
pub mod missing_at_the_barrier;
pub mod one_done_too_many;
pub mod one_signal_two_waiters;
pub mod while_let_ok;

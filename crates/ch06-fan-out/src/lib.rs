//! # Fan-out, fan-in
//!
//! Work is spread over many, and what they bring is gathered again. In Go the many are goroutines
//! and one channel of results. Rust has three forms of it, and the first decision is which:
//!
//! - **A task for each item**, in a `JoinSet`. They run in parallel, go on by themselves, and end
//!   with the set. Nothing bounds how many there are: that takes a permit before each spawn
//!   (`late_permit` in chapter 1).
//! - **Workers and a pile.** So many tasks take the next item when they are free. Who hands items
//!   in while they work needs a channel; tokio's has one receiver, so the workers share it behind a
//!   lock, or each has a channel of its own.
//! - **Futures in one task.** `stream::iter(items).map(f).buffered(n)`, `try_join_all`,
//!   `FuturesUnordered`. They need no `'static` and no `Arc`, may borrow the list, and are over when
//!   they are dropped. They share one thread at a time, and they stand still while their reader is
//!   busy: [`frozen_in_the_buffer`]. For waiting they are enough; for computing they are not.
//!
//! What goes wrong is the same in all three:
//!
//! - **Whose answer is it?** Arrival has an order of its own: [`answers_out_of_order`].
//! - **Who is waited for?** Two outputs are read at the same time, or one of them fills up:
//!   [`results_then_errors`]. Several inputs are, too, or one of them is never looked at:
//!   [`sources_in_turn`]. A worker that waits for its next job hears nothing else:
//!   [`deaf_to_cancel`].
//! - **How many, and who does what?** None at all, after a division: [`no_workers`]. Too few, after
//!   a formula: [`sized_by_share`]. Enough, but the work was dealt out before it was known how long
//!   it takes: [`dealt_in_advance`]. Enough, but they take from the pile in two steps:
//!   [`one_past_the_end`]. Enough, but they share what they write into: [`one_ledger`].
//! - **What does an error mean for the others?** See below, and [`first_error_leaves_the_rest`].
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`answers_out_of_order`] | tasks | an answer is paired with another's question |
//! | [`results_then_errors`] | tasks | errors fill their channel while nobody reads it |
//! | [`first_error_leaves_the_rest`] | tasks | work is done after the error was returned |
//! | [`deaf_to_cancel`] | tasks | an idle worker does not hear the cancel |
//! | [`sources_in_turn`] | tasks | a source without an end hides the others |
//! | [`frozen_in_the_buffer`] | tasks | a future that nobody polls keeps the connection |
//! | [`no_workers`] | tasks | nothing is done, and that is a result |
//! | [`sized_by_share`] | tasks | the core is idle |
//! | [`dealt_in_advance`] | tasks | one worker has nothing to do, and the other too much |
//! | [`one_past_the_end`] | threads | two take the last item |
//! | [`one_ledger`] | tasks | the workers take turns |
//!
//! In Go and in Rust, side by side:
//!
//! | Go | tasks | futures in one task |
//! |---|---|---|
//! | `for _, x := range xs { go f(x) }` | `JoinSet`, `spawn` | `join_all(xs.map(f))` |
//! | `errgroup`, `SetLimit(n)` | `JoinSet` and a `Semaphore` | `try_for_each_concurrent(n, f)` |
//! | n workers, `range jobs` | n tasks, a shared receiver | `for_each_concurrent(n, f)` |
//! | results by index, `out[i] = r` | the index in the output | `buffered(n)` |
//! | results as they come | `join_next` | `buffer_unordered(n)` |
//! | `merge(cs...)` | one `Sender`, cloned | `select_all(streams)` |
//! | a stage of n workers | a pool with a channel behind it | `.map(f).buffer_unordered(n)` |
//!
//! The last row is a function from stream to stream. A guide calls its fan-out three times in a row
//! to make a pipeline of it, which does not compile, as it takes a list and returns a channel.
//! Streams fit together by their types; what they do in time, [`frozen_in_the_buffer`] says.
//! `examples/stages.rs` has a function that makes a stage out of any `async fn`, and extract,
//! transform and load made of it.
//!
//! # What an error means
//!
//! The decision belongs to the caller, and each answer has a form:
//!
//! | an error | futures in one task | tasks | what goes wrong |
//! |---|---|---|---|
//! | stays with its item | `join_all`, `Vec<Result>` | `JoinSet`, (item, `Result`) | it is filtered out: `while_let_ok` in chapter 2 |
//! | goes to a list of its own | `join_all`, then `partition` | one channel of `Result`s | [`results_then_errors`] |
//! | ends all; the rest is dropped | `try_join_all`, `try_buffer_unordered` | `shutdown().await` | [`first_error_leaves_the_rest`] |
//! | ends all; the rest is asked to stop | a token in each future | a token, then join all | an `Ok` for half of it: `cancelled_as_ok` in chapter 2 |
//! | counts, up to a limit | a loop over `next()` | a loop over `join_next()` | nobody says what the limit means for the rest |
//!
//! Two channels, one for results and one for errors, can say all of this, and with them it is
//! easiest to get it wrong: besides the pair here there is `error_after_the_results` in chapter 4.
//! A `Result` in one channel cannot be read in the wrong order.
//!
//! # How many
//!
//! | the work | how many at a time | what bounds it |
//! |---|---|---|
//! | computes | as many as `available_parallelism()` | the cores; use threads, or `spawn_blocking` |
//! | waits | rate × time of one (Little's law) | what it waits for: connections, a quota |
//! | does both | cores × (1 + waiting / computing) | see [`sized_by_share`] |
//! | needs memory | what it may have / what one needs, at least 1 | see [`no_workers`] |
//!
//! `available_parallelism` asks for the affinity and for the quota of the container; both can be
//! less than the cores of the machine. "Fifty workers" and "ten for each core" are numbers without
//! a question. Four cores and jobs that wait for 80 % of their time are as busy with 20 workers as
//! with 40 (4.08 s for 800 jobs); the other 20 are a queue.
//!
//! Below a certain size an item is not worth a task. Ten thousand numbers, squared and added up
//! (`benches/`): 3.3 µs in a loop; with a task for each 2.8 ms on one thread and 5.0 ms on two;
//! with a task for a thousand of them 9 µs and 25 µs. A task costs a few tenths of a microsecond,
//! and a second thread costs more than ten thousand squares are worth.
//!
//! # What is told elsewhere, or is no mistake
//!
//! - *A merged channel that never ends.* It ends with its last `Sender`, and somebody has kept one:
//!   `kept_sender` in chapter 11. `select_all` has no sender to keep; it ends with its streams. To
//!   close it twice, or while a worker still sends, does not compile (`refused/` there).
//! - *More workers than cores.* Tasks cost little, threads some memory. What hurts is computing on
//!   the runtime's threads: `blocking_the_runtime` in chapter 1.
//! - *Results gathered without a lock.* `two_writers` in `refused/` of chapter 1: rustc refuses it.
//!   Results that are returned need none.
//! - *A worker that writes to a channel nobody reads* stays for ever in Go. In Rust its `send`
//!   returns an error once the receiver is dropped, and only then: a receiver that is kept and not
//!   read is backpressure without an end.
//! - *A number set twice.* A guide's snippets say `numWorkers := …` twice in one block, which Go
//!   does not compile. A second `let` compiles: it is another variable, and rustc warns if nobody has
//!   read the first. Two settings of one number belong into one function with a `match`.
//! - *A list that workers borrow.* A spawned task may not (`task_borrows` in chapter 2); futures in
//!   one task may. *One receiver for all workers* is refused as well (chapter 3), until it is shared.
//! - *A job handed in after the stop* waits for ever in a guide's pool. In Rust it is an error or
//!   does not compile; the exercise `scheduler` of chapter 4 asks for it.
//!
//! What does not compile any more is in `refused/`: zero workers, a lock held by the head of a
//! loop, two kinds of futures in one list, a stream that is not pinned.

pub mod answers_out_of_order;
pub mod deaf_to_cancel;
pub mod dealt_in_advance;
pub mod first_error_leaves_the_rest;
pub mod frozen_in_the_buffer;
pub mod no_workers;
pub mod one_ledger;
pub mod one_past_the_end;
pub mod results_then_errors;
pub mod sized_by_share;
pub mod sources_in_turn;

//! # Pipelines
//!
//! A pipeline is stages that pass items on. In Go a stage is a goroutine between two channels, and
//! the pattern fits on half a page: range over the input, send to the output, close it when done.
//! Rust has it in two forms:
//!
//! - **Tasks around channels.** As in Go. The channel closes by itself when its sender is dropped,
//!   so that "close the output" cannot be forgotten; and a `send` fails once the receiver is gone,
//!   so that a stage whose reader has left ends, if it looks at the `Result` (chapter 3,
//!   `ignored_send_error`). The stages overlap.
//! - **A chain of adaptors**: iterators for values that are there, streams for those that have to
//!   be awaited. It allocates nothing, borrows what it likes, and is cancelled by dropping it. It
//!   is one task, and its stages take turns: [`stages_take_turns`].
//!
//! What is hard is the same in both languages. It is not the flow, it is where the flow ends:
//!
//! - **How does it end?** With the input, with an error, with a stop, with a reader who leaves. A
//!   closed channel tells the first two apart as little as Go's does:
//!   [`error_looks_like_the_end`]; which error one hears of: [`consequence_for_the_cause`]. What a
//!   stage still has in its hands: [`last_batch`].
//! - **Who waits, when a stage is slow?** Everybody before it, if every link has a bound:
//!   [`unbounded_in_the_middle`], [`priority_without_backpressure`], [`work_before_the_tick`],
//!   [`delay_without_a_cap`].
//! - **How does one stop it?** Stop the source, let the rest run dry, and have a plan for the stage
//!   that does not: [`stop_while_sending`], [`drain_without_end`], [`abandoned_at_the_deadline`].
//! - **What is an attempt?** [`retried_what_was_left`].
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`error_looks_like_the_end`] | tasks | a part is reported as the whole |
//! | [`consequence_for_the_cause`] | tasks | "channel closed" in the place of the error |
//! | [`last_batch`] | tasks | the items of a batch that is not full are lost |
//! | [`stop_while_sending`] | tasks | the stop waits for a reader who does not read |
//! | [`drain_without_end`] | tasks | the shutdown waits for the next item |
//! | [`abandoned_at_the_deadline`] | tasks | a stage writes after the pipeline was closed |
//! | [`unbounded_in_the_middle`] | tasks | everything is in memory |
//! | [`priority_without_backpressure`] | tasks | a stage takes in more than it has places for |
//! | [`work_before_the_tick`] | tasks | two requests in one instant, at a limit of one a second |
//! | [`delay_without_a_cap`] | tasks | a mail waits for a load that is over |
//! | [`retried_what_was_left`] | tasks | a fee is paid twice |
//! | [`stages_take_turns`] | tasks | six minutes for what takes four |
//!
//! # Five ways to carry errors
//!
//! | way | what becomes of an error | in Rust | look out for |
//! |---|---|---|---|
//! | in the items | it travels in its item's place, and the rest goes on | `Sender<Result<T, E>>`, `Stream<Item = Result<T, E>>` | who ends it? nobody, unless the sink does |
//! | a channel beside each stage | it goes to a supervisor, who stops all | `JoinSet` of stages that return `Result`; the first `Err` cancels a token | an error channel that closes is no error: chapter 4, `error_after_the_results`; a guide's lost the last item in 12 of 20 healthy runs |
//! | handed on from stage to stage | the sink hears of all | two channels, `biased` with the errors first | without `biased` it is lost when the data end at the same time (488 of 1,000 in a guide) |
//! | a stage that tries again | what is temporary never shows | `match` on an error that says what it is | [`retried_what_was_left`] |
//! | stop at the first | nothing after it is processed | `try_for_each`, `?` in one task; `try_join!` | a guide's "fail-fast" source sends the error as an item, and the others go on |
//!
//! Items that carry errors are the default in Rust. A stage is then `and_then` where Go has an `if`
//! in every stage, and what failed goes through the rest untouched.
//!
//! # Eight ways to hold back
//!
//! | way | in Rust | measured (`checks/holding_back.rs`) |
//! |---|---|---|
//! | a channel without room | `mpsc::channel(1)`: tokio has no 0; `sync_channel(0)` for threads | one item waits in it; Go has none ahead |
//! | a small buffer | `mpsc::channel(n)` | n are sent at once, the next one waits |
//! | a rate | `interval` in front of the work, `governor` | n items take n − 1 periods: the first tick is at once |
//! | a number under way | `Semaphore`, `buffer_unordered(n)` | 5 items of a second, 2 at a time: 3 s |
//! | batches | `recv_many`, `chunks` | 3, 3 and 1 of 7: the rest comes at the end |
//! | a delay that follows the load | a sleep with a cap | [`delay_without_a_cap`] |
//! | dropping | `try_send`, and a counter; `broadcast` drops the oldest | delivered + dropped = produced: 2 + 3 |
//! | priorities | a heap with a bound | [`priority_without_backpressure`] |
//!
//! A guard on memory is a ninth in one guide. It calls `runtime.ReadMemStats` for every item, which
//! stops the world: 37.7 µs each. Sample on a timer. [`intake`] does, and has batches and a limit as
//! well: the guide's largest example of holding back, whose `Stop` leaves the output open, loses the
//! batch that is not full, and does not wait for those under way.
//!
//! # What a buffer does not do
//!
//! A guide gives a stage an output of 100 places to prevent deadlocks at shutdown. What prevents
//! them is the branch on the context beside the send; with 101 items and no reader the buffer alone
//! hangs as well. In Rust the reader's leaving is the signal: the `send` fails. And a guide's
//! complete pipeline, which closes its channels from source to sink by hand, is in Rust what happens
//! by itself: each stage drops its sender when it ends (`checks/order_of_the_end.rs`). It goes the
//! other way round as well, from the sink to the source.
//!
//! A bigger buffer saves wake-ups. On two workers a message cost 9.9 µs through `mpsc(1)` and
//! 0.66 µs through `mpsc(100)`; batches save more. It does not make a slow stage faster, nor a
//! pipeline whose stages all run at one speed.
//!
//! # What cannot happen, and what is elsewhere
//!
//! - **A send on a closed channel, a channel closed twice, one that is closed while others still
//!   send.** The first is an `Err`, the second does not compile (chapter 11, `closed_twice`), and
//!   the third waits for the last sender. One of the guides' programs panicked with it within 2,000
//!   cancels at random times.
//! - **A stage that is left over** when the reader leaves early: it ends at its next `send`. What
//!   never sends has to hear of it: chapter 8.
//! - **Closing too late**, because somebody keeps a sender: chapter 11, `kept_sender`.
//! - **A stop that is called twice** panics in a guide. `stop(self)` cannot be
//!   (chapter 7, `refused/submit_after_stop.rs`).
//! - **A panic in a stage** is an error of its `JoinHandle`; in Go it is the end of the process.
//!   Whoever joins the stages hears of it (chapter 1, `lost_panic`).
//! - **An item that is computed and then lost** with the branch that loses: chapter 4,
//!   `work_in_the_branch`. **A closed channel that is asked again and again**: `closed_branch`.
//! - **Too many tasks**: a permit before each spawn (chapter 1, `late_permit`).
//! - **Hard to debug**: name the stages. `tracing` spans, and what this workshop does: run the
//!   pipeline in a world, and look at the picture.

pub mod abandoned_at_the_deadline;
pub mod consequence_for_the_cause;
pub mod delay_without_a_cap;
pub mod drain_without_end;
pub mod error_looks_like_the_end;
pub mod intake;
pub mod last_batch;
pub mod priority_without_backpressure;
pub mod retried_what_was_left;
pub mod stages_take_turns;
pub mod stop_while_sending;
pub mod unbounded_in_the_middle;
pub mod work_before_the_tick;

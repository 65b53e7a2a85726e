//! # Select
//!
//! Go's `select` waits in several channels at once. Rust has two of it. For tasks there is
//! `tokio::select!`, which waits for any *futures*: a receive, a sleep, a join, a function of
//! yours. For threads there is crossbeam's `select!`, which waits in its own channels, as Go does.
//! (The channels of `std` have none.)
//!
//! With channels in all branches, the two and Go's are alike. What is new comes from the futures:
//!
//! - **To lose is to be dropped.** When one branch wins, the futures of the others are dropped
//!   where they stand, and with them what they held: a message, half a mail, a place in a queue,
//!   the time that a sleep had run. See [`work_in_the_branch`], [`half_read`], [`restarted_sleep`].
//! - **A branch that is over is ready for ever.** A closed channel answers `None` at once, each
//!   time it is asked. A pattern turns the branch off, and then somebody has to say what happens
//!   when all are off: [`closed_branch`], [`no_branch_left`].
//! - **Only the futures are raced.** The handler behind `=>` runs alone, and so does whatever
//!   stands in front of the `select!`: [`deaf_while_busy`], [`head_of_line`].
//! - **When several are ready, dice decide.** They are fair, and that is all they are: not
//!   priority, and no order between two channels. See [`order_under_biased`],
//!   [`error_after_the_results`], [`stop_forgets_the_queue`].
//! - **Not to wait is another question.** *Is there something now?* and *Will there be something in
//!   time?* do not mix: [`default_beats_timeout`], [`throttled_when_full`], [`probe_takes_one`].
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`closed_branch`] | tasks | a closed channel wins every turn, and a timer beside it never fires |
//! | [`no_branch_left`] | tasks | every branch is off, and `select!` panics |
//! | [`work_in_the_branch`] | tasks | a message is made for a branch that loses |
//! | [`half_read`] | tasks | a tick cuts off a reader between two lines |
//! | [`restarted_sleep`] | tasks | each message pushes the timer ahead of it |
//! | [`error_after_the_results`] | tasks | the end of the results hides the error |
//! | [`order_under_biased`] | tasks | work goes on after the stop |
//! | [`stop_forgets_the_queue`] | tasks | what was accepted is dropped |
//! | [`deaf_while_busy`] | tasks | a stop is heard a minute late |
//! | [`head_of_line`] | tasks | the silent one uses up everybody's time |
//! | [`default_beats_timeout`] | threads | nobody waits for the timeout |
//! | [`throttled_when_full`] | tasks | a limit that is none |
//! | [`probe_takes_one`] | tasks | a question that takes the message |
//!
//! In Go and in Rust, side by side:
//!
//! | Go | `tokio::select!` | crossbeam's `select!` |
//! |---|---|---|
//! | `case v, ok := <-c` | `v = c.recv() =>` | `recv(c) -> v =>` |
//! | `case c <- v` | `room = c.reserve() =>`, then `room.send(v)` | `send(c, v) -> sent =>` |
//! | `default:` | none; `try_recv` and `try_send` | `default =>` |
//! | `case <-time.After(d):` | a pinned `sleep`, or `timeout(d, …)` | `default(d) =>`, `recv(after(d))` |
//! | `case <-ctx.Done():` | `token.cancelled()` | a channel that closes |
//! | a nil channel | `, if condition`, or a pattern | `never()` |
//! | all channels nil | `else =>`, or a panic | `never()` in each: waits for ever |
//! | `select {}` | `pending().await` | `thread::park()` in a loop |
//! | `break` leaves the `select` | `break` leaves the loop | `break` leaves the loop |
//! | (no priority) | `biased;` | `select_biased!` |
//! | `reflect.Select` | `JoinSet`, `FuturesUnordered` | `Select` |
//!
//! # What is lost with the branch that loses
//!
//! A future is *cancel safe* if it may be dropped before it is ready and made anew, and nothing is
//! lost. An `async fn` is what its `.await`s make it: with two of them in a row, what the first one
//! brought is lost at the second. tokio's documentation says it for each method:
//!
//! | future | lost when it is dropped |
//! |---|---|
//! | `recv`, `recv_many` of `mpsc`; `recv` of `broadcast`; `changed` of `watch` | nothing |
//! | `&mut` of a `oneshot::Receiver` or of a `JoinHandle`; `join_next` | nothing |
//! | `Interval::tick`, `CancellationToken::cancelled`, `TcpListener::accept` | nothing |
//! | `read`, `write` of `AsyncReadExt`, `AsyncWriteExt`; `next_line` of `Lines` | nothing |
//! | `mpsc::Sender::reserve`, `Semaphore::acquire`, `Mutex::lock`, `RwLock::read`, `Notify::notified` | the place in the queue |
//! | `sleep` | the time that has passed |
//! | `mpsc::Sender::send` | the message |
//! | `read_exact`, `read_line`, `read_to_end`, `read_to_string` | what had been read |
//! | `write_all` | how much has been written |
//! | `JoinHandle`, given away | the result; the task runs on |
//! | `Barrier::wait` | not cancel safe |
//!
//! To keep a future, make it outside the loop, pin it (`pin!`), and put `&mut` of it into the
//! branch. To drop one and be done is fine: at the end of a program nobody misses half a line.
//!
//! # Who wins
//!
//! Go shuffles the cases, and each one that is ready has the same chance. crossbeam does the same.
//! tokio picks a branch to begin with and goes round from there, so that a branch takes over the
//! chances of those before it which are not ready: of three branches, with the first two ready, the
//! first wins two times in three (66,680 of 100,000). With two of two it is 49,983. The world of
//! tasks tries every branch to begin with, and no dice.
//!
//! Dice prevent that a branch is ready for ever and never looked at. They prevent no deadlock, and
//! they do not make one branch more urgent than another. `biased;` asks in the order of the text,
//! and then it is yours to put first what must not wait.
//!
//! # What is no mistake, or none that a pair could show
//!
//! - *One branch.* It is a longer way to write `.await`, and it panics where the pattern does not
//!   match. Neither rustc nor clippy says a word.
//! - *No timeout.* `select!` waits as long as the others let it. Who needs an end needs a branch
//!   for it; the world of tasks reports a wait without end as a deadlock, at once and exactly.
//! - *Not to wait at all.* To take what is there now, `try_recv` in a loop does what Go's `select`
//!   with an empty `default` does, and tells *empty* from *closed* (`checks/draining.rs`). As a way
//!   to wait for something it spins.
//! - *Many branches.* Each one adds an order of events that a reader has to think of. If most of
//!   them receive, make it one channel of an `enum`; its order is the order in which things
//!   happened, and no dice are thrown.
//! - *The loser in Go* may block for ever in its send to a channel that nobody reads any more, and
//!   stay. A future that lost is gone, and a task that sends gets an error once the receiver is
//!   dropped. Only what was spawned runs on.
//! - *A fixed list of branches over a list of any length.* `workers[2]` panics in both languages
//!   when there are two. The exercise `balancer` is about that, and `batcher`, `scheduler`,
//!   `monitor` and `gateway` are about the rest of this chapter.
//!
//! What does not compile any more is in `refused/`: an empty `select!`, one receiver in two
//! branches, a message used after it was given to a branch, a rate of zero.

pub mod closed_branch;
pub mod deaf_while_busy;
pub mod default_beats_timeout;
pub mod error_after_the_results;
pub mod half_read;
pub mod head_of_line;
pub mod no_branch_left;
pub mod order_under_biased;
pub mod probe_takes_one;
pub mod restarted_sleep;
pub mod stop_forgets_the_queue;
pub mod throttled_when_full;
pub mod work_in_the_branch;

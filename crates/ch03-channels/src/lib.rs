//! # One channel becomes six
//!
//! Go has one channel, and asks the rest of its users: who closes it, whether nil is meant, how
//! many may receive, whether a message is for one or for all. Rust has a channel for each answer:
//! from hand to hand, with so many places, without a limit, for one answer (`oneshot`), for all
//! (`broadcast`), for the newest value (`watch`). The types say which. What is left to get wrong is
//! what no type says: who is listening, whether "sent" means "taken", and who still holds an end.
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`before_the_consumer`] | threads | everything is sent before anybody receives |
//! | [`ignored_send_error`] | tasks | a loop of sends goes on when nobody listens, and never yields |
//! | [`lock_around_recv`] | threads | two workers at one queue work one after the other |
//! | [`no_rendezvous`] | tasks | "sent" is promised on as "taken" |
//! | [`shared_replies`] | threads | an answer goes to whoever receives first |
//! | [`one_listener_hears`] | threads | a broadcast reaches one listener |
//! | [`lagged_is_not_closed`] | tasks | a listener that missed something leaves |
//! | [`full_means_dropped`] | tasks | results are lost when the channel is full |
//! | [`backlog_at_close`] | tasks | what is buffered is lost when the input ends |
//! | [`stop_after_waiting`] | tasks | the sign to stop comes after the wait for the end |
//! | [`undecided_vote`] | tasks | those who voted yes never hear the no |
//! | [`room_then_send`] | threads | the room is gone between the look and the send |
//!
//! A sender that is kept, and a lock around a send, are in chapter 11. `refused/` holds what rustc
//! does not let pass.
//!
//! ## Which channel
//!
//! | Go | threads | tasks |
//! |---|---|---|
//! | `make(chan T)` | `mpsc::sync_channel(0)`, crossbeam `bounded(0)` | none: `mpsc` with an answer by `oneshot` |
//! | `make(chan T, n)` | `mpsc::sync_channel(n)`, crossbeam `bounded(n)` | `mpsc::channel(n)` |
//! | many receivers, a message for one | crossbeam: receivers clone | a lock around the receiver, or one task that hands out |
//! | many receivers, a message for all (only `close` does it) | a channel for each | `broadcast`, `watch` |
//! | one result of one goroutine | `JoinHandle` | `JoinHandle`, `oneshot` |
//! | `done chan struct{}` | an `AtomicBool`, a channel that is dropped | `CancellationToken` |
//! | the newest value only | `Mutex<T>` | `watch` |
//! | `chan struct{}` with `n` places, as a semaphore | `Mutex` and `Condvar` | `Semaphore` |
//! | a nil channel | `Option<Sender<T>>`, crossbeam `never()` | `, if open` at a branch, `pending()` |
//! | `len(ch)`, `cap(ch)` | crossbeam only | `capacity`, `max_capacity`, `Receiver::len` |
//! | `x, ok := <-ch` | `recv()` is a `Result` | `recv().await` is an `Option` |
//! | `for x := range ch` | `for x in receiver` | `while let Some(x) = receiver.recv().await` |
//! | `select { case ch <- x: default: }` | `try_send(x)`: sent, full or closed | the same |
//!
//! Where a counter or a map is meant, a mutex or an atomic is shorter than a channel with somebody
//! behind it, and faster: in Go 6 ns for a mutex, 264 ns there and back through a channel. clippy
//! has opinions on the smallest locks (`mutex_atomic`, `mutex_integer`), but only when asked.
//!
//! ## Capacity 0
//!
//! | interface | 0 means |
//! |---|---|
//! | Go `make(chan T)`, std `sync_channel(0)`, crossbeam `bounded(0)` | hand to hand: a send is over when it was received; `try_send` is `Full` unless somebody waits |
//! | tokio `mpsc::channel(0)` | panics: "mpsc bounded channel requires buffer > 0" |
//! | tokio `broadcast::channel(0)` | panics; other sizes are rounded up to a power of two |
//! | tokio `Semaphore::new(0)` | nobody gets in before `add_permits` |
//! | futures `buffer_unordered(0)` | never ends |
//! | futures `for_each_concurrent(0)` | *no limit* |
//!
//! `checks/capacity_zero.rs` tries what is std's, crossbeam's and tokio's.
//!
//! ## How large
//!
//! `cargo bench -p ch03-channels` sends a thousand messages through channels of several sizes. From
//! hand to hand each message is a switch of threads: std's and crossbeam's channels were 30 to 65
//! times as fast with 100 places as with none, tokio's between two threads 40 times as fast as with
//! one, and four times where both tasks share a thread. From 100 to 1,000 places it was at most
//! another three times. (A guide measures the same with a sleep of 1 µs for the work. Such
//! a sleep takes 60 to 250 µs, for each size, so what it measures is the timer.) "As many as there
//! are workers" and "one to ten" are rules of thumb: measure.
//!
//! For a burst one can compute. A guide takes (rate in / rate out) × duration, which is a number of
//! seconds: 4 for 1,000 in and 500 out a second over two seconds, where 1,000 pile up. What piles
//! up is (in − out) × duration (`checks/burst.rs` tries both), and without an end to the burst
//! there is no size that is enough. A buffer takes up a burst; it does not make a slow receiver
//! fast. "No limit" (`unbounded_channel`) compiles as easily as a limit and turns a wait into
//! memory; ban it with clippy's `disallowed_methods` if that is what you mean. Powers of two have
//! no advantage.
//!
//! Order and visibility do not depend on the size, as one guide says they do: every channel here is
//! first in, first out for each sender, and what was written before a send is seen after its
//! receive. All that 0 adds is that the receive comes before the *end* of the send.
//!
//! ## Who may close
//!
//! In Go the sender closes, once, and only if no other sends any more: rules that no type states,
//! and breaking them is a panic. Here a channel closes when its last sender is dropped. "Send on
//! closed", "close of closed" and "close of nil" do not exist. What Go calls forgetting to close is
//! here a sender that somebody still holds: workers that loop over jobs do not end while the
//! submitter lives (a guide's ten workers never did). A function that takes its `Sender` by value
//! closes by returning, and one that takes `&Sender` does not.
//!
//! The receiver leaves by being dropped, and then `send` is an `Err` that gives the message back.
//! tokio's receiver can also `close()`: nothing new comes in (but for room that was reserved before),
//! what was sent is still received. That turns Go's rule around, and is the polite way to shut
//! down: close, drain, drop. Closing twice does no harm (`checks/who_closes.rs`). Messages that were
//! sent before the end arrive before the end, in every channel but a `broadcast` whose reader was
//! too slow, and a `watch`, which has only the newest.
//!
//! The advice about directions (not too wide, not too narrow, never back) has nothing to be applied
//! to: the ends are two types, and none becomes the other. (A guide turns one back by a type
//! assertion and says that it panics. In Go it does not compile.) The smell that is left is an end that is
//! stored for later and never used.
//!
//! ## Signatures
//!
//! | Go | Rust |
//! |---|---|
//! | `func produce(out chan<- T)` | `fn produce(out: Sender<T>)`: by value, so that it closes |
//! | `func consume(in <-chan T)` | `fn consume(input: Receiver<T>)`; `impl IntoIterator<Item = T>` is wider |
//! | `func Generate() <-chan T` | `fn generate() -> impl Iterator<Item = T>`, lazy; a channel computes its capacity and one more ahead |
//! | `func stage(in <-chan T) <-chan U` | `fn stage(input: impl Stream<Item = T>) -> impl Stream<Item = U>` |
//! | `func New() (chan<- T, <-chan T)` | `fn new() -> (Sender<T>, Receiver<T>)`, as all of std's and tokio's |
//! | `func call(req chan<- Req, resp <-chan Resp)` | `async fn call(&self, request: Req) -> Resp`, with a `oneshot` in the message |
//! | `func work(jobs <-chan Job, stop <-chan struct{})` | `async fn work(jobs: Receiver<Job>, stop: CancellationToken)` |
//! | `type Source interface { Messages() <-chan T }` | `trait Source { fn messages(&self) -> impl Stream<Item = T>; }` |
//! | `chan interface{}` with a type switch | `Sender<Event>` with `enum Event`, `Sender<Result<T, E>>` |
//!
//! What `chan struct{}` is used for has other forms here, some of them without a channel:
//! `checks/signals.rs`.
//!
//! A channel is not part of an interface unless the caller is meant to keep an end of it.
//!
//! The exercises: `inventory` (one owner, questions with their way back), `topics` (many
//! listeners), `handoff` (from hand to hand, among threads), `elastic-queue` (a buffer that grows),
//! `two-phase-commit` (a decision that everybody hears).

pub mod backlog_at_close;
pub mod before_the_consumer;
pub mod full_means_dropped;
pub mod ignored_send_error;
pub mod lagged_is_not_closed;
pub mod lock_around_recv;
pub mod no_rendezvous;
pub mod one_listener_hears;
pub mod room_then_send;
pub mod shared_replies;
pub mod stop_after_waiting;
pub mod undecided_vote;

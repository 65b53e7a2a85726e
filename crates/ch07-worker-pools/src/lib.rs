//! # Worker pools
//!
//! In Go a pool is a channel that some goroutines range over. It bounds how much runs at once, it
//! needs no lock, and it is the first concurrent program that many write. In Rust there are three
//! of it, by who works:
//!
//! | Go | Rust | for |
//! |---|---|---|
//! | `for job := range jobs` in n goroutines | threads that share a `crossbeam::channel` (its receivers can be cloned) | jobs that compute or block |
//! | the same, with a `WaitGroup` | `rayon`, or `thread::scope` over a shared iterator | one batch |
//! | the same, with I/O in the jobs | a task a job, and a `Semaphore` for how many run; or n tasks around one queue | jobs that wait |
//! | `select` over a job and `ctx.Done()` | `CancellationToken` for each job, `TaskTracker` for all | stopping |
//! | `defer recover()` | a task for each job, whose `JoinHandle` says how it ended; `catch_unwind` in a thread | jobs that panic |
//!
//! The receivers of `std` and of tokio are for one consumer, so that the Go program does not
//! compile as it is (`refused/one_queue_for_all.rs`), and its first repair is a trap: with a mutex
//! around the receiver, `while let Ok(job) = queue.lock().unwrap().recv()` holds the lock while the
//! job is done (chapter 3, `lock_around_recv`).
//!
//! What is hard about a pool is not the work. It is the accounts: every job that was accepted ends
//! once, somebody is told how, and the number of workers is what it is said to be.
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`panic_takes_the_worker`] | threads | one bad job, and the next one waits for ever |
//! | [`dying_worker_counted`] | threads | a worker that is gone is counted, and nobody replaces it |
//! | [`limit_forgotten`] | tasks | what may crash twice crashes as often as it likes |
//! | [`accepted_and_lost`] | tasks | a job is accepted, and that is the last word on it |
//! | [`results_unread`] | tasks | the pool and its worker wait for each other |
//! | [`second_of_the_same_id`] | tasks | a running job cannot be found any more |
//! | [`priority_unread`] | tasks | what is urgent waits behind what is not |
//! | [`closed_ends_all`] | tasks | one queue ends, and the other is never looked at again |
//! | [`held_while_blocked`] | tasks | what was chosen too early goes before what is urgent |
//! | [`weight_as_rank`] | tasks | who should get most gets everything |
//! | [`ratios_never_reset`] | tasks | all have had their share, and jobs wait |
//! | [`aged_in_the_heap`] | tasks | a heap is wrong about its top |
//! | [`over_the_maximum`] | threads | two workers start where there is room for one |
//! | [`forgiven_by_mistake`] | threads | a ban is erased that nobody has looked at |
//!
//! [`desk`] is all of it in one: the core of the job server in `crates/job-server`, which is tested
//! over real sockets with SIGTERM in the middle of a request. `checks/desk.rs` runs the core under
//! every schedule within a bound.
//!
//! # Who is next
//!
//! | how | strict? | what it costs | what goes wrong |
//! |---|---|---|---|
//! | a queue for each class, asked in order (`biased`) | between two jobs | the low class may starve | [`priority_unread`], [`closed_ends_all`] |
//! | one heap | yes, if the choice is made last | a lock; low ones may starve | [`held_while_blocked`] |
//! | a pool for each class | no need: they do not meet | idle workers beside a queue | none of these |
//! | shares (weighted round robin) | in the long run | counters that need a reset | [`weight_as_rank`], [`ratios_never_reset`] |
//! | in turn (round robin) | no | nothing | one full queue stops all (the exercise `balancer` of chapter 4) |
//! | ageing | nobody waits for ever | a key that must not move | [`aged_in_the_heap`] |
//!
//! Pools of their own may share one channel of results: each has a clone of the sender, and the
//! results end with the last pool (`checks/facts.rs`). In a guide's version each pool closes them
//! at its end, and the second one panics.
//!
//! A guide's "bias" for the high queue is a `select` inside the `default` of another one. Once it
//! blocks in the inner one, all its cases are equal again: the bias holds only while jobs are
//! there.
//!
//! # How many
//!
//! - *Who computes* wants as many workers as there are cores that one may use:
//!   `available_parallelism` looks at the affinity and at the quota of the container, as Go's
//!   `GOMAXPROCS` does since 1.25 and `NumCPU`, which the guides take, does not.
//! - *Who waits* wants cores × (1 + wait ÷ compute), and this is a floor, because waits overshoot.
//!   A guide has cores × (1 + share of I/O) instead. For 0.5 ms of computing and 4.5 ms of waiting
//!   on two cores this gives 4 workers and 703 jobs a second; 20 workers did 2,716, and 200 did
//!   5,269. "2 to 4 times the cores" is no better: 3 times gave 1,084. `cargo bench -p
//!   ch07-worker-pools` asks the same of threads in Rust, and had 780 with 4, 2,811 with 20, and
//!   3,205 with 80, on cores that had other work as well. (Chapter 6 measures both formulas on a
//!   virtual clock.)
//! - *Little's law* needs no cores. What is under way is the rate times the time of one: 4 jobs a
//!   second that take half a second keep 2 workers busy. With 2 nobody waits; with 1 the last of
//!   ten seconds' jobs waits for 9.75 seconds, and the next one for longer (`checks/facts.rs`). A
//!   longer queue does not help; it only hides for a while that the pool is too small.
//! - *The length of a job* says nothing. A guide wants more workers for jobs over 100 ms: with 2
//!   workers 31.6 jobs a second, with 32 of them 32.1. It wants fewer for jobs below a millisecond:
//!   jobs of 0.5 ms went from 2,265 a second with one to 4,226 with two. What costs there is the
//!   handing over, and batches are the cure.
//! - *The other side* has a limit, too: 20 connections to a database are 20 jobs that use it,
//!   however many cores there are. Make a semaphore as large as that.
//! - *Memory*: what there is divided by what one job needs, and the latter is to be measured. The
//!   50 MB of a guide are a number without a source, and its formula does not compile
//!   (`refused/eighty_percent.rs`).
//!
//! Whatever the formula says, measure around it, as the bench does: 1, 2, 4 … workers with real
//! jobs, and stop where the throughput no longer grows. In an async program the number of workers
//! is the wrong question, since a task that waits costs a few hundred bytes. Jobs that block belong
//! in `spawn_blocking`, whose pool has 512 threads at most; one that blocks a worker of the runtime
//! stops everybody (chapter 1, `blocking_the_runtime`). A pool that adapts needs a distance between
//! growing and shrinking, or it does both all the time; and it counts under one lock:
//! [`over_the_maximum`].
//!
//! # What cannot happen, and what happens instead
//!
//! - **Results closed while workers live.** In Go `close(results)` after a timeout makes the next
//!   worker that sends panic, and the process with it. A Rust channel ends when its last sender is
//!   dropped, which is when the last worker has ended; a send after the receiver is gone is an
//!   `Err`. What remains is the opposite, a sender that is never dropped (chapter 11,
//!   `kept_sender`).
//! - **A job submitted after the stop.** Where `stop` takes `self` it does not compile
//!   (`refused/submit_after_stop.rs`). Where it takes `&self`, the lock that guards the queue
//!   guards the word "closed", too; a flag beside it lets a job slip in between the look and the
//!   send.
//! - **A negative counter.** A `WaitGroup` that goes below zero panics. `JoinSet` and `TaskTracker`
//!   count tasks themselves. An `AtomicUsize` of one's own wraps to 18,446,744,073,709,551,615.
//! - **A data race on the statistics.** It does not compile (chapter 1, `refused/two_writers.rs`).
//!   Counters that are each atomic can still disagree: a snapshot between "active − 1" and "done +
//!   1" has lost a job. Change them under one lock, or say that they are approximate.
//! - **A job that never ends.** Neither language can kill a thread. A future can be dropped at its
//!   next `.await`, and at no other place: `timeout` around a job that computes ends when the job
//!   does, and dropping a runtime waits for `spawn_blocking`. Give a deadline to what waits, a
//!   token to what computes (chapter 8), and use `Runtime::shutdown_background` where the process
//!   is to leave in any case.
//! - **An unlimited queue.** Go's channels are all bounded; `std::sync::mpsc::channel`,
//!   `unbounded_channel` and `crossbeam::channel::unbounded` are not, and a pool behind one accepts
//!   until the memory is full. `try_send` into a bounded one is how a server says 503.
//! - **A worker that nobody waits for.** Dropped handles detach (chapter 1, `leaked_task`), a
//!   dropped `JoinSet` aborts (`dropped_join_set`), a scope joins.
//! - **A job that fails.** It is no panic, and needs no `recover`: a pool whose results are
//!   `Result`s hands the error to whoever asked (the exercise `worker-pool`).
//! - **Half a change after a panic.** `recover` asks nothing; `catch_unwind` refuses a closure that
//!   changes what it borrows (`refused/half_changed_after_a_panic.rs`).
//! - **A wake-up that is lost.** A wake-up that comes between the look at the queue and the
//!   sleep is lost: chapter 11, `lost_wakeup`.
//!
//! A number of these programs do not compile in Go as the guide prints them: pools of their own
//! (`Submit` has no value), ageing (an index into a struct), locking out (an int for a string), and
//! the pool that is to survive all panics (two fields of one name). Their mistakes were measured
//! after a repair.
//!
//! The exercises: `worker-pool` (one outcome for each accepted job), `priority-pool` (threads, a
//! heap, and ageing), `fair-shares` (weights that hold in every window), `supervisor` (restarts,
//! and their limit), `job-desk` (jobs with an id, and one deadline for all).

pub mod accepted_and_lost;
pub mod aged_in_the_heap;
pub mod closed_ends_all;
pub mod desk;
pub mod dying_worker_counted;
pub mod forgiven_by_mistake;
pub mod held_while_blocked;
pub mod limit_forgotten;
pub mod over_the_maximum;
pub mod panic_takes_the_worker;
pub mod priority_unread;
pub mod ratios_never_reset;
pub mod results_unread;
pub mod second_of_the_same_id;
pub mod weight_as_rank;

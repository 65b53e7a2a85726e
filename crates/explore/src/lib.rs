//! Which schedules can break a program.
//!
//! A program is not run to see what happens: it runs in a *world* that makes its behaviour a
//! fact. [`threads`] explores programs of threads, [`tasks`] those of async tasks. Each returns
//! a [`Verdict`]: what was covered and, where a schedule breaks the program, the simplest one as
//! a [`Timeline`](timeline::Timeline) that can be drawn, with a token that repeats it. What no
//! model holds (sockets, signals) runs once as it is: [`real`].
//!
//! The program itself knows nothing of this. It is compiled against stand-ins for `std`, `tokio`
//! and others, which are built from [`runtime`].

mod carrier;
mod hook;
mod memory;
mod naming;
mod real;
mod record;
mod recorder;
pub mod runtime;
mod search;
mod source;
mod survey;
mod tasks;
mod threads;
mod token;
mod trial;
mod verdict;
mod words;
mod world;

pub use real::{Real, real};
pub use tasks::{Tasks, tasks};
pub use threads::{Threads, threads};
pub use trial::Count;
pub use verdict::{Failure, FailureKind, Verdict};

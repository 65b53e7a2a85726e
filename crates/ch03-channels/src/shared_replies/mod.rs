//! Two callers wait at one channel of replies, and take each other's.
//!
//! **What goes wrong.** The counters of a town ask one office for the postage. All questions go
//! through one channel, all answers come back through another. Whichever counter receives first
//! takes the first answer, whoever asked for it.
//!
//! **In Go** two guides show this as request and response. In one of them, with four clients and
//! two workers, 11 of 20 answers went to the wrong client; in the other each request has an id that
//! nobody compares. The same guide also acknowledges on the *same* channel that carries the
//! signals: fifty callers were told a thousand times that their signal had arrived, by each other,
//! and the worker had seen one. **In Rust** the last one cannot happen by accident, because the two
//! ends of a channel have two types. The first one can, wherever two may use one receiver, as they
//! may crossbeam's and async-channel's, or any that is behind a lock.
//!
//! **The mend.** The way back belongs to the question: make a channel for one answer and send its
//! sender along. In tasks that is `oneshot`, which also cannot be answered twice. Ids and a table
//! of those who wait are for networks, where no channel can be sent along. The exercise `inventory`
//! builds a service on this.
//!
//! **Who catches it.** Nobody at compile time. A test with two callers, in a world.
//!
//! Covers: a:P35, a:P41, a:S57, a:S82, a:E31, a:E39, c:S55, c:C16, c:E61

pub mod broken;
pub mod fixed;

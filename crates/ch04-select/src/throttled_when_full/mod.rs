//! A limit that is looked at only when the queue is full.
//!
//! **What goes wrong.** A provider takes ten messages in a second. The sender tries, and only when
//! the channel is full it waits for its turn. As long as somebody empties the channel in time,
//! `try_send` succeeds, and there is no limit at all. The limit holds exactly when it is not
//! needed.
//!
//! **In Go** it is `select { case out <- m: default: <-tick; out <- m }`: a guide's version sends
//! 1,000 messages "at 10 per second" in 29 µs. **In Rust** it is the same with `try_send`: 1,000
//! messages in no time of the virtual clock.
//!
//! A full channel is *backpressure*: it says how fast the other side is. A rate is a promise about
//! time, whatever the other side does. The one cannot stand in for the other.
//!
//! **The mend.** Wait for the turn before each message, and send without a condition. The wait for
//! room comes first: the other way round, turns pass while a slow provider has no room, and the next
//! message follows at once (on tokio, after 450 ms without room: at 0, 450, 450 and 550 ms). The
//! interval's `MissedTickBehavior` belongs to the promise: by default, missed ticks are made up for
//! in a burst; with `Delay` two ticks are never closer than the spacing.
//!
//! **Who catches it.** Nobody at compile time. A test with a fast consumer that asks for the time
//! taken, and virtual time answers exactly.
//!
//! Covers: a:P59, a:S110, a:E80

pub mod broken;
pub mod fixed;

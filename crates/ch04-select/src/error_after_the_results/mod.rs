//! Results and errors come through two channels, and the end of the one hides the other.
//!
//! **What goes wrong.** The reader of a statement fails: it sends the error and drops both senders.
//! When the sum is polled again, two branches are ready at once: the amounts are closed, and there
//! is an error. `select!` takes one at random. If it takes the end of the amounts, half a statement
//! has a total.
//!
//! **In Go** it is the usual pair of `results` and `errs`, and the guides' own code loses the
//! error: in 514 of 1,000 runs, or, where the reader is seldom that quick, in 107 of 100,000. One
//! guide forbids the cure, values and errors in one channel. **In Rust** it is the same dice: 513
//! of 1,000 with both ready. `biased;` with the errors first is no proof either: on two threads the
//! error can arrive after one branch was polled and before the other (seen once in 200,000 runs).
//!
//! **The mend.** The end of one channel is not the end of the story: when the amounts are over,
//! wait until the errors are as well. (The pattern `Some(error)` matters, too: an error channel
//! that closes because all went well yields `None`, and who takes that for an error stops a healthy
//! pipeline.) Better still, if the reader is yours: one channel of `Result`, in which the error
//! stands where it happened.
//!
//! **Who catches it.** Nobody at compile time. A test needs luck; the world tries both orders.
//!
//! Covers: a:P76, a:E89, b:P9, c:E14b, c:C40

pub mod broken;
pub mod fixed;

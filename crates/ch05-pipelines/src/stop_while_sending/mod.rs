//! A stage hears the stop while it waits for an item, and not while it hands one on.
//!
//! **What goes wrong.** Two parcels are weighed. The printer takes no labels: it has run out of
//! paper. The first label fills the channel, and the stage waits to send the second. Now somebody
//! stops the pipeline. The stage listens to the stop at its `recv`; where it stands, it does not.
//! Whoever joins it waits for a printer.
//!
//! **In Go** every receive and every send needs a `select` with `ctx.Done()`, and the sends are
//! forgotten: ten stages of a guide hand on with a plain `out <- x`, and the leak that this makes
//! is in its own list of pitfalls. **In Rust** a plain `send` is half right. It ends when the
//! reader *leaves*. A reader who stays and does not read holds it for ever, and under backpressure
//! the send is where a stage spends its time.
//!
//! **The mend.** In Go it takes one more `select`. Here the stage itself is a value: wrap all of it
//! in `run_until_cancelled` and each of its `.await`s hears the stop. The stage needs no branch at
//! all. What it has in its hands is dropped with it; if that must not get lost, stop the source
//! instead, and drain ([`drain_without_end`](super::drain_without_end)).
//!
//! **Who catches it.** Nobody at compile time. A test that stops while nobody reads. (One that
//! stops while nobody sends finds the other half: chapter 6, `deaf_to_cancel`.)
//!
//! Covers: b:S15, b:P1, b:E6, a:P79, c:S62

pub mod broken;
pub mod fixed;

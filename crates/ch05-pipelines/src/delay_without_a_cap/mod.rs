//! A throttle that learns quickly, forgets slowly, and knows no limit.
//!
//! **What goes wrong.** A sender waits 5 ms longer with each mail while the server is under load,
//! and 1 ms less with each one when it is not. A hundred mails under load make half a second. The
//! load is gone, and every mail still waits for half a second; it takes 500 mails, over two
//! minutes, until the sender is as fast as before. After a thousand it is 5 s a mail and hours to
//! recover.
//!
//! **In Go** a guide's adaptive stage has these numbers, no limit, and a `time.Sleep` that hears no
//! cancel. **In Rust** the sleep can be dropped like any future, so that half of it is cured by
//! itself; the arithmetic is the same.
//!
//! **The rule.** A feedback needs a cap. To slow down quickly and to recover carefully is right;
//! TCP does so (additive increase, multiplicative decrease). But it does so to a *rate*. One mail a
//! second more turns a delay of 500 ms into 333 ms, and not into 499; back to a hundred mails a
//! second it is a hundred such steps, however long the delay was. And a feedback should listen to
//! what it influences: the server's answers, and not the load of the machine that it runs on.
//!
//! **Who catches it.** Neither rustc nor clippy. A test with a hot minute and a cool one after it,
//! on a virtual clock.
//!
//! Covers: b:S11, b:E9

pub mod broken;
pub mod fixed;

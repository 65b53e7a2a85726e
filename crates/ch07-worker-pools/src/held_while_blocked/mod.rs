//! The next job is chosen before anybody can do it.
//!
//! **What goes wrong.** A board gives the most urgent order first. The kitchen takes an order from
//! it and then waits for a cook. While all are busy, it stands there with the pie in its hand. An
//! urgent order comes; the board has it on top, and what the next cook gets is the pie. The longer
//! a dish takes, the more can come in between. And a wait that is given up takes the pie along.
//!
//! **In Go** a guide's queue manager pops from its heap and then sends on a channel without a
//! buffer: what it holds is out of the order, and everything that comes meanwhile waits behind it.
//! A buffer makes it worse, since each place in it holds one more that was chosen too early. **In
//! Rust** the same, with a semaphore or with `send`; tokio's smallest channel has one place, so
//! that at least two are out of the order there.
//!
//! **The rule.** First the means, then the choice. Take the permit (or `reserve` the place in the
//! channel), and then look what is most urgent *now*. Or let the workers take from the board
//! themselves: who asks is free.
//!
//! **Who catches it.** Neither rustc nor clippy. A test in which the urgent job comes while
//! everybody is busy.
//!
//! Covers: b:S32, b:E41

pub mod broken;
pub mod fixed;

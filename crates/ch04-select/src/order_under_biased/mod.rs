//! `biased` asks in the order of the text, and the busy branch comes first.
//!
//! **What goes wrong.** A saw cuts planks until somebody hits the emergency stop. With `biased;`,
//! the second branch is looked at only when the first has nothing. The planks come faster than the
//! saw cuts, so the first always has something, and the stop is seen when the last plank is cut.
//!
//! **In Go** a `select` picks among the ready cases at random, and there is no other kind; a guide
//! that says it "prioritizes between ready channels" is wrong, and its nested `select` with
//! `default` spins, 1.1 million turns in 100 ms. So cancelling loses half of the time: of 200
//! streams 106 delivered a value after the cancel. **In Rust** the default is the same. Measured:
//! after the cancel, one more job ran in 497 of 1,000 cases. `biased;` makes it certain, in either
//! way: with the jobs first, all 1,000 ran; with the cancel first, none.
//!
//! **The mend.** Under `biased;`, first what is rare and urgent, last what may come without end.
//! That is priority without a spin. (crossbeam's word for it is `select_biased!`.)
//!
//! **Who catches it.** Neither rustc nor clippy. A test with a full queue; in the world, without
//! `biased;`, the schedule in which the dice fall wrong.
//!
//! Covers: a:P49, a:S79, a:S90, a:E57, a:E60, a:E68, a:C35, a:C36, c:E51

pub mod broken;
pub mod fixed;

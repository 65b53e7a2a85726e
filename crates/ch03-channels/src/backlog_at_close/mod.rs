//! A buffer that forgets what is in it when its input ends.
//!
//! **What goes wrong.** A waiting room stands between the door and the doctor: it lets everybody in
//! at once and sends them on as there is time. When the door closes, the loop ends. Whoever is
//! still seated then is never called.
//!
//! **In Go** this is the elastic channel of many libraries and one guide: a goroutine with a slice
//! between two channels, and `return` when the input is closed. Of 100 values that were sent, one
//! was received. (The guide's version also doubles its slice on *each* message above a threshold:
//! 17 messages later it had 286 MiB. `append` had grown it all along.) **In Rust** it is a
//! `VecDeque` and a `select!`, and `None => break` is what one always writes there.
//!
//! **The mend.** The end of the input is not the end of the work: send on what is left, and drop
//! the sender after that. The two `select!` branches are otherwise as they should be: `reserve`
//! waits for room *before* the patient stands up, so nobody is lost if the other branch is taken,
//! and `if !seated.is_empty()` does what a nil channel does in Go.
//!
//! **Who catches it.** Nobody at compile time. A test that closes early and counts. The exercise
//! `elastic-queue` builds the whole thing.
//!
//! Covers: a:P39, a:S61, a:E42, a:E43

pub mod broken;
pub mod fixed;

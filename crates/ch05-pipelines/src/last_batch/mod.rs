//! A stage that gathers forgets what it has gathered when its input ends.
//!
//! **What goes wrong.** Letters are packed in threes. A full bag is sent on. The fourth letter lies
//! in a bag that is not full when the channel closes, and the function returns. With six letters
//! nothing is lost, and tests like round numbers.
//!
//! **In Go** a guide's pipeline keeps a batch and sends it by size and by ticker; its `Stop` drops
//! the partial one. Another guide's generator delivers its first batch and ends: 100 of 1,000
//! items. **In Rust** the batch is dropped with the function, without a word: a `Vec` has no
//! opinion about being empty. `recv_many` holds nothing back, and `StreamExt::chunks` gives the
//! rest away at the end; what is written by hand has to.
//!
//! **The rule.** Whatever a stage keeps between two items it gives away at the end: a batch, a
//! window, a previous value, a pending retry. There are more ends than one: the input closes, a
//! stop comes, an error leaves with `?`. Say for each what becomes of it.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that counts items in and items out, with a
//! number that is no multiple.
//!
//! Covers: b:S10, b:E13, c:E5

pub mod broken;
pub mod fixed;

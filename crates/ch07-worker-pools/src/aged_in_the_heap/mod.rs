//! What a heap is ordered by changes while it lies in the heap.
//!
//! **What goes wrong.** Complaints grow graver while they wait, so that a small one is not put off
//! for ever. Before each answer the desk writes the new degrees into them and pops the gravest. A
//! heap compares when something enters or leaves, and never on its own account: what it had on top
//! stays on top. The noise comes before a leak that is graver by now.
//!
//! **In Go** a guide's ageing writes to the items of a `container/heap` in the same way and calls
//! `heap.Init` or `heap.Fix` nowhere (as printed it does not compile). **In Rust** `BinaryHeap`
//! lends what it holds for reading only, and its documentation calls such a change a logic error.
//! An atomic or a `Cell` in the item walks round that, without an `unsafe` and without a lint.
//! Measured on one such heap: `pop` gave an item of degree 4, and one of degree 100 was in it.
//!
//! **The mend.** Look for a key that does not move. Here everything that waits gains one degree in
//! ten minutes, so the differences stay as they are: ten times the degree, minus the minute of
//! arrival, puts them in the same order at every time. Where no such key exists, take the item out,
//! change it and put it back (`PeekMut` does so for the top one).
//!
//! **Who catches it.** Neither rustc nor clippy. A test in which the order turns round while both
//! wait.
//!
//! Covers: b:P30, b:S35, b:E44, b:C-18

pub mod broken;
pub mod fixed;

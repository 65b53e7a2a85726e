//! Two transfers, each with the lock that the other needs.
//!
//! **What goes wrong.** Each transfer locks the payer and then the payee, see [`broken`].
//!
//! **In Go** the same two lines hang the same two goroutines.
//!
//! **The rule.** Give all locks one order.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer does, with one switch.
//!
//! Covers: a:P1

pub mod broken;
pub mod fixed;

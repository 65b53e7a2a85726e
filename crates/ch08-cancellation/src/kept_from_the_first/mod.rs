//! A token in a struct is the token of whoever came first.
//!
//! **What goes wrong.** A catalogue opens a line when the first price is asked for, and the line
//! keeps that request's token, to give up when it is cancelled. The line outlives the request. When
//! the first request is over its token is cancelled, and from then on every question of everybody
//! is given up before it is asked.
//!
//! **In Go** "do not put a context into a struct" is a rule of the `context` package, and this is
//! the reason. The guides repeat the rule and break it a few pages on, and the breach is right: a
//! *service* that is to be stopped has to know what stops it. **In Rust** a token in a struct is an
//! everyday thing, as long as the two have the same lifetime: a server and its shutdown, a pool and
//! its stop. As an *owned* value the token says nothing about how long it should be kept.
//!
//! **The mend.** The token of a request is an argument, borrowed: a `&CancellationToken` cannot be
//! kept without a `clone`, and that `clone` is the place to stop and think. Most often there is not
//! even that: drop the future of `price`, and the question ends.
//!
//! **Who catches it.** The borrow makes it visible, and nobody forbids it. A test with two requests
//! in a row.
//!
//! Covers: b:P41, b:P39, b:S45, b:S44, c:P15

pub mod broken;
pub mod fixed;

//! A stage fails, the one before it fails because of it, and that is the error one gets to read.
//!
//! **What goes wrong.** One task reads lines, another one parses them. A price has a letter in it.
//! The parser leaves with that error, and drops its receiver. The reader's `send` fails, and `?`
//! makes an error of it: "channel closed". The stages are joined in the order of the flow, so this
//! one comes first. The line that was wrong is in an error that nobody looks at.
//!
//! **In Go** a send to a stage that has left blocks, so there is no such error, but there is its
//! twin: the first error cancels the context, and every other stage returns `context.Canceled`.
//! `errgroup` keeps the error that came first; who collects with `errors.Join`, or reads error
//! channels stage by stage, has to find the cause among its consequences. **In Rust** every stage
//! before the one that fails fails in its `send`, and `?` is the shortest thing to write.
//!
//! **The rule.** For a sender, a reader who has left is an end, and not an error: whoever left
//! knows why. So `break`, and let the result of the stage say what the *stage* could not do. Then
//! no stage fails because of another one, and the order of joining does not matter. A lost receiver
//! is an error only where nobody else can report it.
//!
//! **Who catches it.** Neither rustc nor clippy: an error does arrive. A test that looks which one.
//!
//! Covers: b:S2, b:S5, a:P84

pub mod broken;
pub mod fixed;

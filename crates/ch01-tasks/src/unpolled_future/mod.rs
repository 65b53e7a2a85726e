//! An async function is called, and nothing happens.
//!
//! **What goes wrong.** After an order is stored, its customer gets a confirmation. A failed
//! confirmation must not fail the order, so its `Result` is thrown away, as `_ = confirm(order)` does
//! in Go. What is thrown away here is the future, before anybody has polled it. No
//! confirmation is ever sent.
//!
//! **In Go** a call runs, and `go` in front of it runs it beside the caller; it may begin late, but it
//! begins. **In Rust** calling an `async fn` builds a value that holds the arguments. It runs when it
//! is awaited or spawned, step by step, and dropping it is a complete and silent way not to run it.
//! (A spawned task begins by itself, though on a runtime with one thread not before
//! the spawner's next `.await` that waits.)
//!
//! **The mend.** `.await` first, then throw the result away.
//!
//! **Who catches it.** For the bare statement `confirm(…);` rustc: `unused_must_use`. `let _ =` is how
//! one says *I know*, so rustc is silent; `clippy::let_underscore_future` is not. That is why this
//! pair has to ask clippy for an exception.
//!
//! Covers: a:P7

#[expect(
    clippy::let_underscore_future,
    reason = "clippy finds this mistake; the pair shows what it saves you from"
)]
pub mod broken;
pub mod fixed;

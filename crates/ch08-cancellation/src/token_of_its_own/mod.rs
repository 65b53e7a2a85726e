//! A token that was made on the spot hears nobody's cancel.
//!
//! **What goes wrong.** Each song gets a token, so that a button can skip it. It is a new one, with
//! no parent. The stop of the whole player is looked at between two songs, and while one plays only
//! its own token is heard. Somebody says stop after two seconds, and the music plays on for three
//! minutes.
//!
//! **In Go** it is `context.Background()`, or a `TODO()` that stayed, in the middle of a call: the
//! deadline and the cancel of the caller end there. The two are the same thing under two names, and
//! a linter has to tell them apart. **In Rust** it is `CancellationToken::new()` in any place but
//! the top of the program, of a test, or of a service. (To drop the future still ends everything
//! below it, whatever tokens there are. It is those who only *listen* that hear nothing.)
//!
//! **The mend.** `stop.child_token()`. It can be skipped alone, and it ends with the player.
//!
//! **Who catches it.** clippy, if it is told to: `disallowed-methods` in `clippy.toml` can name
//! `tokio_util::sync::CancellationToken::new`, to be allowed at the top with a reason. Otherwise a
//! test that stops in the middle.
//!
//! Covers: b:P34, b:S43a, b:S43b, b:C-21

pub mod broken;
pub mod fixed;

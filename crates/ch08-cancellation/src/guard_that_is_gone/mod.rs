//! `let _ =` drops the guard in the same line, and the guard cancels.
//!
//! **What goes wrong.** The watchers of a film are to be told when the rendering is over, on every
//! way out. `drop_guard` makes a guard for that. `_` is not a name but the absence of one: the
//! value is dropped at once. The token is cancelled before the first frame, and everyone who
//! listens goes home.
//!
//! **In Go** there is no such thing. `defer cancel()` is bound to the function; a value that goes
//! out of use does nothing. **In Rust** when a guard acts depends on where it lives: `let _guard`
//! lives to the end of the block, `let _` to the end of the statement. The same slip makes a lock
//! that locks nothing and a permit that limits nothing (chapter 11 has both).
//!
//! **The mend.** A name: `let _guard = …`, where the underscore in front only silences the warning
//! for what is not used.
//!
//! **Who catches it.** Less than one would think. `let _ = mutex.lock()` is refused by rustc, but
//! `DropGuard` is not `#[must_use]`: neither `let _ = over.drop_guard();` nor a bare
//! `over.drop_guard();` gets a word from rustc, or from clippy's default lints. (Of those that one
//! has to ask for, `let_underscore_untyped` fires at the first, and none at the second.) A test
//! that asks *when* it was over.
//!
//! Covers: b:P32, b:S56

pub mod broken;
pub mod fixed;

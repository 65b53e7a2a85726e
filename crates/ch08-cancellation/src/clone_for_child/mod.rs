//! A clone of a token is the same token, and its cancel is everybody's.
//!
//! **What goes wrong.** A file is asked for at two mirrors. When one has answered, the other is to
//! end, so the function clones its token, gives it to both, and cancels it at the end. But `clone`
//! makes a second handle on the same token. The cancel stops the loser, and every other download of
//! the program.
//!
//! **In Go** one cannot make this mistake: whoever wants a `cancel` gets it with a child
//! (`WithCancel`, `WithTimeout`), and a cancel runs downwards only. **In Rust** there are two ways
//! to get a second token. `clone` is for another *listener*; whoever has it may cancel as well.
//! `child_token` is for another *scope*: it ends with its parent or before it. Measured: the cancel
//! of a clone cancels the original; that of a child cancels neither parent nor sibling; that of the
//! parent cancels all of them.
//!
//! **The mend.** `child_token` wherever a part may end before the whole. Clones for those who end
//! together.
//!
//! **Who catches it.** Nobody at compile time. A test of one download passes; the harm is outside
//! of it. Ask whether the token that was lent is as it was.
//!
//! Covers: b:P33, b:S49, b:C-20, b:C-22, c:S83

pub mod broken;
pub mod fixed;

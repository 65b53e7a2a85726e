//! Several sources are to be merged, and they are read one after the other.
//!
//! **What goes wrong.** `flatten` makes one stream of many: it reads the first to its end, then the
//! second. The sensor in the cellar is switched on and stays on, so its stream has no end. The one
//! in the kitchen has reported smoke, and nobody has ever looked at it.
//!
//! **In Go** it is a fan-in that ranges over the channels in turn, without a goroutine for each. It
//! works with inputs that end, which is what an example has. **In Rust** the two look alike:
//! `flatten` is to `flatten_unordered` as a list is to a crowd, and `chain` is to `merge`. A stream
//! says nothing about when its items come, and its type is the same if it never ends.
//!
//! **The mend.** `flatten_unordered(None)` polls all of them, as does `select_all`; a `StreamMap`
//! does it too, and tells which one has spoken. If the sources are workers of yours, one channel
//! with a cloned sender for each does it without a merge. A channel for each pays off where one
//! must be turned off, counted or held back by itself: each has backpressure of its own.
//!
//! **Who catches it.** Nobody at compile time. A test whose *first* source stays silent and open.
//! The pair `head_of_line` of chapter 4 is its cousin, with a timeout around it.
//!
//! Covers: a:S124, a:C47

pub mod broken;
pub mod fixed;

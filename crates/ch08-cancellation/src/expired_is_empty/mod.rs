//! A search that ran out of time skips what it missed, and reports success.
//!
//! **What goes wrong.** Libraries are asked one after the other, all until one deadline. Where
//! there is no answer the loop goes on with the next, as it should for a library that is closed.
//! But an expired deadline is no matter of one library: it fails this one and all that follow, each
//! at once. The search ends with what it had, which is a part or nothing, and says `Ok`.
//!
//! **In Go** it is `if err != nil { continue }` around a call with the context in it. In a guide's
//! search an expired context gave 0 results and `err == nil`. **In Rust** a `Result` has to be
//! looked at, and there are many short ways to do so and learn nothing: `continue`, `if let Ok`,
//! `.flatten()`, `filter_map(Result::ok)`. *Not found* and *not asked* become one.
//!
//! **The mend.** `?` for what concerns the whole search, `continue` for what concerns this library.
//! Who wants what was found in time gets it inside the error, or beside a word that says that it is
//! not all. A loop without awaits asks the token itself before each item, and says at which it
//! stopped.
//!
//! **Who catches it.** Neither rustc nor clippy, which knows of `lines().filter_map(Result::ok)`
//! only. A test whose deadline comes in the middle.
//!
//! Covers: b:P44, b:E64, b:S57, b:S60

pub mod broken;
pub mod fixed;

use std::time::Duration;

use tokio::time;

/// A library that can be asked for a book.
#[derive(Debug, Clone, Copy)]
pub struct Library {
    /// How long it takes to look.
    pub looks_for: Duration,
    /// Where the book stands.
    pub mark: u32,
}

impl Library {
    async fn ask(&self) -> u32 {
        time::sleep(self.looks_for).await;
        self.mark
    }
}

//! Workers ask whether anything is left, and then take the next, which another has taken.
//!
//! **What goes wrong.** A counter says which paper is the next. Each teacher looks whether it is
//! still inside the pile, and takes one. With one paper left both look, both see it, both count up.
//! One gets the paper. The other gets the index after the last, and the slice panics.
//!
//! **In Go** it is `for atomic.LoadInt64(&next) < n { i := atomic.AddInt64(&next, 1) - 1 …`, with
//! the same end: "index out of range". Both operations are atomic, so the race detector has nothing
//! to say. **In Rust** there is no data race either, and rustc is content. The decision and the act
//! are two steps, whatever each of them is made of.
//!
//! **The mend.** Take first, then look at what was taken: `fetch_add` gives each index to one
//! thread only, and `get` says whether there is a paper under it. `Relaxed` is enough, as the index
//! is all that the threads tell each other; the scope's joins order the rest. (With tasks and a
//! lock it is `pile.lock().next()` in one step; an iterator behind a `Mutex` cannot be written in
//! two.)
//!
//! **Who catches it.** Nobody at compile time, and no test with more work than luck: it needs two
//! threads at the last item. The world of threads finds it in schedule 3.
//!
//! Covers: c:S17, c:S18, a:S111

pub mod broken;
pub mod fixed;

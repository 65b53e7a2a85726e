//! A formula yields no workers, and no workers have nothing to say.
//!
//! **What goes wrong.** Each worker needs 50 MB, and half of the memory is for the workers. On a
//! machine with 96 MB, or in a container, that is `48 / 50`, which is zero. Nobody is started, the
//! set is empty, joining it takes no time, and the sum of nothing is 0: *the word does not occur*.
//!
//! **In Go** the formula is a guide's own, and so is the loop `for i := 0; i < workers; i++`. Its
//! search then reports an empty result without an error and leaves the goroutine that feeds it
//! behind; its pool deadlocks. **In Rust** zero means something else in each place, and an error in
//! few (`checks/facts.rs`):
//!
//! | with 0 | what happens |
//! |---|---|
//! | `buffered`, `buffer_unordered`, `Semaphore::new` | waits for ever |
//! | `for_each_concurrent` | no limit at all |
//! | a loop that spawns workers | nothing is done, and that looks like success |
//! | `mpsc::channel`, `chunks` | panics |
//!
//! **The mend.** At least one. Better, a parameter of the type `NonZeroUsize`: whoever computes the
//! number has to say what zero means, before anything is started (see `refused/`).
//!
//! **Who catches it.** rustc, if the type says so. Otherwise a test on a small machine.
//!
//! Covers: a:P74, a:E87, a:C44, a:S118

pub mod broken;
pub mod fixed;

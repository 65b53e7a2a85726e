//! An old ban is seen under the read lock, and a new one erased under the write lock.
//!
//! **What goes wrong.** A job that crashes too often is banned until a certain minute. Who asks
//! whether it may run looks under a read lock, and takes the write lock only if there is a ban to
//! forget. Between the two the job crashes once more, elsewhere, and is banned again. What is
//! removed then is the new ban, which nobody has looked at.
//!
//! **In Go** a guide's pool does so with `RUnlock` and `Lock`, to keep the common case cheap (as
//! printed it does not compile: an int is the key of a map of strings). **In Rust** it reads even
//! better, as no unlock is to be seen: the read guard is gone at the end of its line, and `copied`
//! has made sure that the compiler has nothing to say.
//!
//! **The rule.** What was seen under a read lock is a rumour under the write lock. Look again, or
//! look under the write lock at once. Where reads are by far the most, keep the cheap first look
//! and repeat it after `write()`. (parking_lot has `upgradable_read` for this: one reader of it at
//! a time, who can become the writer with nobody in between.)
//!
//! **Who catches it.** Neither rustc nor clippy, nor a race detector. The world of threads, with
//! one preemption.
//!
//! Covers: b:S39, b:E47

pub mod broken;
pub mod fixed;

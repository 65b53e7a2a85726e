//! The handles are taken and joined, and then more come.
//!
//! **What goes wrong.** Each folder is visited by a thread, which starts a thread for each folder
//! inside it. All of them put their handles on one list. `size` takes the list and joins what is on
//! it: the visit to `root`. The visits that this one has started meanwhile are on a list that
//! nobody looks at again, and their bytes are missing.
//!
//! **In Go** a `WaitGroup` copes with this. A goroutine that is counted may `Add` before it is
//! `Done`: the count is not zero then, and `Wait` goes on waiting. What it cannot take is an `Add`
//! from a goroutine that is not counted, while somebody waits. **In Rust** a list of handles is a
//! snapshot of who was there. The same holds for `join_all` over a `Vec`, and for a loop that
//! collects handles first and awaits them later.
//!
//! **The mend.** Join until the list *stays* empty. That is enough, because a visit adds its
//! handles before it ends. (Not `while let Some(visit) = walk.visits.lock().unwrap().pop()`: it
//! holds the lock while it joins.) Shorter is a `thread::scope`, whose threads may spawn into it
//! and for all of which it waits. A `JoinSet` cannot be lent to its own tasks: there, they return
//! what is to be done next, and the one who joins spawns it.
//!
//! **Who catches it.** Neither rustc nor clippy. A test with a folder in a folder does, now and
//! then; the explorer in its first schedule.
//!
//! Covers: a:P10, a:S14

pub mod broken;
pub mod fixed;

/// A folder of a disk.
pub struct Folder {
    /// What its own files take, in bytes.
    pub files: u64,
    /// The folders in it.
    pub folders: Vec<Folder>,
}

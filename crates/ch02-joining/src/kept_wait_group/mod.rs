//! The wait group waits for itself.
//!
//! **What goes wrong.** A round keeps a crossbeam `WaitGroup` and gives a clone to each thread.
//! `wait` takes the group by value, which cannot be had from `&mut self`, so `load` waits with a
//! clone. But each clone is a member, the one in the struct as well. It leaves when the round is
//! dropped, and that is after `load`.
//!
//! **In Go** the mistake is the reverse: a `WaitGroup` that is passed by value is a copy with a
//! count of its own, and the original never gets to zero. A guide says that such a program "will
//! wait forever". The guide's own dies with "all goroutines are asleep", and `go vet` names the
//! line. **In Rust** a clone shares the group, so passing one by value is right and keeping one is
//! wrong. rustc leads into it: for `self.packing.wait()` it reports E0507 and suggests
//! `self.packing.clone().wait()`, the very line of the broken version.
//!
//! **The mend.** Take the group out of the struct, and leave a new one for the next round:
//! `mem::take`. One group a round also answers whether a group may be used again. In Go it may,
//! once every `Wait` has returned; here there is nothing to get wrong (`refused/waited_twice.rs`).
//!
//! **Who catches it.** rustc has said its part. The explorer names the member that is left.
//!
//! Covers: a:P8, a:P9, a:S11, a:S13, a:E15, a:C12, a:C13

pub mod broken;
pub mod fixed;

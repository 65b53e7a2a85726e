//! Every permit is held by somebody who waits for a permit.
//!
//! **What goes wrong.** An album holds a permit while its pictures are exported, and each picture
//! needs a permit from the same semaphore. With as many albums under way as there are permits, all
//! of them wait for pictures that can never start. A limit of two and one album works.
//!
//! **In Go** it is a pool whose jobs submit jobs to the same pool. A buffered channel as
//! semaphore does the same.
//!
//! **In Rust** nothing changes: a semaphore is a lock with several keys, and taking it twice is
//! taking a lock twice.
//!
//! **The rule.** Limit the work, not the waiting: the permit belongs to the leaf. Whoever waits for
//! others holds none.
//!
//! **Who catches it.** Neither rustc nor clippy. The world of tasks does.
//!
//! Covers: c:P41, c:E65

pub mod broken;
pub mod fixed;

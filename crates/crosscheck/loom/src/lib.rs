//! The common programs, as loom sees them.

#[path = "../../programs/litmus.rs"]
pub mod litmus;
#[path = "../../programs/threads/mod.rs"]
pub mod threads;

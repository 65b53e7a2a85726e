//! The common programs, as the explorer sees them.

#[path = "../../programs/channels/mod.rs"]
pub mod channels;
#[path = "../../programs/litmus.rs"]
pub mod litmus;
#[path = "../../programs/threads/mod.rs"]
pub mod threads;

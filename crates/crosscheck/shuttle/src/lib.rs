//! The common programs, as shuttle sees them.

#[path = "../../programs/channels/mod.rs"]
pub mod channels;
#[path = "../../programs/threads/mod.rs"]
pub mod threads;

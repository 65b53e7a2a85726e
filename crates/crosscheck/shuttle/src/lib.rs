//! The common programs, as shuttle sees them.

#[path = "../../programs/channels/mod.rs"]
pub mod channels;
#[path = "../../programs/script.rs"]
pub mod script;
#[path = "../../programs/tasks/mod.rs"]
pub mod tasks;
#[path = "../../programs/threads/mod.rs"]
pub mod threads;

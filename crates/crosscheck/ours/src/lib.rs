//! The common programs, as the explorer sees them.

#[path = "../../programs/channels/mod.rs"]
pub mod channels;
#[path = "../../programs/litmus.rs"]
pub mod litmus;
#[path = "../../programs/script.rs"]
pub mod script;
#[path = "../../programs/tasks/mod.rs"]
pub mod tasks;
#[path = "../../programs/threads/mod.rs"]
pub mod threads;
#[path = "../../programs/time.rs"]
pub mod time;

//! `select!`, `join!`, `try_join!`, `pin!`, `task_local!`.

mod join;
mod pin;
mod select;
pub mod support;
mod task_local;

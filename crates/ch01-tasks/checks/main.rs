//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes.

mod blocking_the_runtime;
mod detached_timeout;
mod dropped_join_set;
mod early_exit;
mod late_permit;
mod leaked_task;
mod lost_panic;
mod sleep_as_join;
mod spinning_poller;
mod unpolled_future;

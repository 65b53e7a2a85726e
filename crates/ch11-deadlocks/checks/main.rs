//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes.

mod async_opposite_transfers;
mod kept_sender;
mod lock_across_await;
mod lost_wakeup;
mod match_guard;
mod nested_permit;
mod opposite_transfers;
mod recursive_read;
mod send_under_lock;
mod timed_lock;
mod waiting_for_each_other;

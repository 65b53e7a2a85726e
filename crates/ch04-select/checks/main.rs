//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes. Beside
//! them stands a fact that the chapter states.

mod closed_branch;
mod deaf_while_busy;
mod default_beats_timeout;
mod draining;
mod error_after_the_results;
mod half_read;
mod head_of_line;
mod no_branch_left;
mod order_under_biased;
mod probe_takes_one;
mod restarted_sleep;
mod stop_forgets_the_queue;
mod throttled_when_full;
mod work_in_the_branch;

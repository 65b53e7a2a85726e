//! # Select

pub mod closed_branch;
pub mod default_beats_timeout;
pub mod error_after_the_results;
pub mod half_read;
pub mod head_of_line;
pub mod no_branch_left;
pub mod order_under_biased;
pub mod probe_takes_one;
pub mod restarted_sleep;
pub mod stop_forgets_the_queue;
pub mod throttled_when_full;
pub mod work_in_the_branch;

//! # Cancellation

pub mod cleanup_after_the_await;
pub mod cleanup_under_the_stop;
pub mod clone_for_child;
pub mod computes_on;
pub mod deadline_spent_twice;
pub mod expired_is_empty;
pub mod guard_that_is_gone;
pub mod job_of_the_request;
pub mod kept_from_the_first;
pub mod lost_in_the_spawn;
pub mod nobody_cancels;
pub mod token_of_its_own;
pub mod waits_for_the_wrong_thing;
pub mod whose_timeout;

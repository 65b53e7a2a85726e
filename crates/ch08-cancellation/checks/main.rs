//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes. Beside
//! them stand facts that the chapter states.

mod cleanup_after_the_await;
mod cleanup_under_the_stop;
mod clone_for_child;
mod computes_on;
mod deadline_spent_twice;
mod expired_is_empty;
mod guard_that_is_gone;
mod job_of_the_request;
mod kept_from_the_first;
mod lost_in_the_spawn;
mod nested;
mod nobody_cancels;
mod testing;
mod three_layers;
mod token_of_its_own;
mod waits_for_the_wrong_thing;
mod whose_timeout;

//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes. Beside
//! them stand facts that the chapter states.

mod abandoned_at_the_deadline;
mod consequence_for_the_cause;
mod delay_without_a_cap;
mod drain_without_end;
mod error_looks_like_the_end;
mod holding_back;
mod intake;
mod last_batch;
mod order_of_the_end;
mod priority_without_backpressure;
mod retried_what_was_left;
mod stages_take_turns;
mod stop_while_sending;
mod unbounded_in_the_middle;
mod work_before_the_tick;

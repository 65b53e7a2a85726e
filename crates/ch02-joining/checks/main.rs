//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes.

mod cancelled_as_ok;
mod counted_inside;
mod done_at_the_end;
mod flattened;
mod half_booked;
mod in_order;
mod kept_wait_group;
mod late_arrivals;
mod missing_at_the_barrier;
mod one_done_too_many;
mod one_signal_two_waiters;
mod while_let_ok;

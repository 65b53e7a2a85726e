//! TODO

pub mod cancelled_as_ok;
pub mod counted_inside;
pub mod done_at_the_end;
pub mod flattened;
pub mod half_booked;
pub mod in_order;
pub mod kept_wait_group;
pub mod late_arrivals;
pub mod missing_at_the_barrier;
pub mod one_done_too_many;
pub mod one_signal_two_waiters;
pub mod while_let_ok;

//! TODO

pub mod backlog_at_close;
pub mod before_the_consumer;
pub mod full_means_dropped;
pub mod ignored_send_error;
pub mod lagged_is_not_closed;
pub mod lock_around_recv;
pub mod no_rendezvous;
pub mod one_listener_hears;
pub mod room_then_send;
pub mod shared_replies;
pub mod stop_after_waiting;
pub mod undecided_vote;

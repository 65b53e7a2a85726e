//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes. Beside
//! them stand the facts that the chapter states of channels.

mod backlog_at_close;
mod before_the_consumer;
mod capacity_zero;
mod full_means_dropped;
mod ignored_send_error;
mod lagged_is_not_closed;
mod lock_around_recv;
mod no_rendezvous;
mod one_listener_hears;
mod room_then_send;
mod shared_replies;
mod stop_after_waiting;
mod undecided_vote;
mod who_closes;

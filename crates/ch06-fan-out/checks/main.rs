//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes.

mod answers_out_of_order;
mod deaf_to_cancel;
mod dealt_in_advance;
mod facts;
mod first_error_leaves_the_rest;
mod frozen_in_the_buffer;
mod no_workers;
mod one_ledger;
mod one_past_the_end;
mod results_then_errors;
mod sized_by_share;
mod sources_in_turn;

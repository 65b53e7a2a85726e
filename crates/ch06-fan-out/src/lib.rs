//! Fan-out.
pub mod answers_out_of_order;
pub mod deaf_to_cancel;
pub mod dealt_in_advance;
pub mod first_error_leaves_the_rest;
pub mod frozen_in_the_buffer;
pub mod no_workers;
pub mod one_ledger;
pub mod results_then_errors;
pub mod sized_by_share;
pub mod sources_in_turn;

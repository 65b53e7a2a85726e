//! `std`, with the parts that order threads taken from shuttle.
// What is named below stands before what comes by this glob.
pub use std::*;

pub use shuttle::{hint, sync, thread};

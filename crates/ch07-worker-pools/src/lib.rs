//! Worker pools.

pub mod desk;

//! `std::hash`.

pub use real::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};

pub use crate::collections::state::RandomState;

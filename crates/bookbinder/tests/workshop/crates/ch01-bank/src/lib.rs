//! A chapter of one pair.
//!
//! | pair | waits for |
//! |---|---|
//! | [`opposite_transfers`] | a lock, held by one who waits for mine |

pub mod opposite_transfers;

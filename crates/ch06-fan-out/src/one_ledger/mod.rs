//! Work in progress.

pub mod broken;
pub mod fixed;

use std::collections::BTreeMap;

/// Takings by currency, in cents.
pub type Ledger = BTreeMap<&'static str, u64>;

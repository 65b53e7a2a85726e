//! TODO

pub mod broken;
pub mod fixed;

use std::sync::Mutex;

/// The lists that have come so far.
pub type PriceLists = Mutex<Vec<String>>;

/// Stands for a request to `supplier`, who may be closed.
fn fetch(supplier: &str) -> Option<String> {
    (supplier != "closed").then(|| format!("prices of {supplier}"))
}

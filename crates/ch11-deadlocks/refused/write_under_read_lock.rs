//! A map written under a read lock.
//!
//! A Go guide's health checker does it from many goroutines at a time and calls it good; the
//! runtime kills the process with "concurrent map writes", sometimes. A read guard lends the map as
//! shared, and `insert` asks for it alone.
// refused: E0596

use std::collections::HashMap;
use std::sync::RwLock;

pub fn mark_healthy(health: &RwLock<HashMap<String, bool>>, service: &str) {
    let health = health.read().unwrap();
    health.insert(service.to_owned(), true); //~
}

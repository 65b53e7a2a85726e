//! The nightly stock report: a thread counts each warehouse.

use std::sync::{Arc, Mutex};
use std::thread;

/// Counts all warehouses, given as city and pallets on each shelf; one line for each.
pub fn stock_report(warehouses: Vec<(&'static str, Vec<u32>)>) -> Vec<String> {
    let report = Arc::new(Mutex::new(Vec::new()));
    for (city, shelves) in warehouses {
        let report = Arc::clone(&report);
        thread::spawn(move || {
            let pallets: u32 = shelves.iter().sum();
            report.lock().unwrap().push(format!("{city}: {pallets}"));
        });
    }
    report.lock().unwrap().clone()
}

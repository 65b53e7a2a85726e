//! A lock that is given back before the work begins.
//!
//! `let _ = …` does not keep its value: the guard is dropped at once and the next line runs without
//! the lock. The compiler knows locks and refuses (`_guard` would keep it). It does not know
//! permits: the same line with a semaphore compiles, and limits nothing.
// refused: "non-binding let on a synchronization lock"

use std::fs;
use std::sync::Mutex;

pub fn write_report(one_at_a_time: &Mutex<()>, text: &str) -> std::io::Result<()> {
    let _ = one_at_a_time.lock(); //~
    fs::write("report.txt", text)
}

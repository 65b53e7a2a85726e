//! A shared balance changed without its lock.
//!
//! In Go the lock and what it guards are two fields side by side, and nothing but a comment ties
//! them together. Here the balance is *in* the lock: what can be reached without it cannot be
//! written.
// refused: E0368

use std::sync::{Arc, Mutex};

pub fn deposit(balance: &Arc<Mutex<i64>>, amount: i64) {
    *balance += amount; //~
}

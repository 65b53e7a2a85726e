//! A lock taken here and given back on another thread.
//!
//! Go's mutexes belong to nobody: one goroutine may lock and another unlock, and some programs hand
//! over the lock that way. A `MutexGuard` stays where it was made; that the lock is given back by
//! whoever took it is a matter of types.
// refused: E0277

use std::sync::Mutex;
use std::thread;

pub fn settle(balance: &Mutex<i64>) {
    thread::scope(|scope| {
        let guard = balance.lock().unwrap();
        scope.spawn(move || println!("settled at {guard}")); //~
    });
}

//! An answer that is put together while the operations still write into it.
//!
//! In Go a guide's handler encodes the map of results while its operations are storing theirs: a
//! data race, and a crash now and then. In Rust one cannot read what another thread may write.
//! Mends: end the scope first, or hand out a copy that was made under a lock.

// refused: E0502

use std::collections::BTreeMap;
use std::thread;

fn main() {
    let mut results = BTreeMap::new();
    thread::scope(|operations| {
        operations.spawn(|| results.insert("rows", 250));
        println!("{results:?}"); //~
    });
}

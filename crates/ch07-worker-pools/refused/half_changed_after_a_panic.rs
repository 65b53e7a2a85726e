//! A job that panics half-way through a change, caught by a worker that goes on with the rest.
//!
//! In Go `recover` asks nothing: the worker goes on, with a ledger in which one half of a transfer
//! is booked. `catch_unwind` takes only closures that are `UnwindSafe`, and one that changes what it
//! borrows is not. Give the job its own copy and take over the result, lend it a `Mutex` (which is
//! poisoned by the panic, so that the next one hears of it), or vouch for it with
//! `AssertUnwindSafe`.

// refused: E0277

use std::panic::catch_unwind;

fn book(ledger: &mut Vec<i32>, transfer: fn(&mut Vec<i32>)) -> bool {
    catch_unwind(|| transfer(ledger)).is_ok() //~
}

fn main() {
    let mut ledger = vec![100, 0];
    let booked = book(&mut ledger, |ledger| {
        ledger[0] -= 60;
        ledger[2] += 60;
    });
    println!("booked: {booked}, {ledger:?}");
}

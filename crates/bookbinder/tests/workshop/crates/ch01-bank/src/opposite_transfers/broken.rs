//! A transfer locks the payer, then the payee.

use std::sync::Mutex;
use std::thread;

/// One account of the bank.
pub struct Account {
    /// The number of the account; no two accounts share one.
    pub id: u32,
    /// The balance in cents.
    pub cents: Mutex<i64>,
}

/// Moves `amount` cents between two different accounts.
pub fn transfer(from: &Account, to: &Account, amount: i64) {
    let mut source = from.cents.lock().unwrap();
    let mut target = to.cents.lock().unwrap();
    *source -= amount;
    *target += amount;
}

/// Alice pays Bob while Bob pays Alice; returns what both have in the end.
pub fn run() -> (i64, i64) {
    let alice = Account {
        id: 1,
        cents: Mutex::new(100),
    };
    let bob = Account {
        id: 2,
        cents: Mutex::new(50),
    };
    thread::scope(|scope| {
        scope.spawn(|| transfer(&alice, &bob, 30));
        transfer(&bob, &alice, 20);
    });
    (
        alice.cents.into_inner().unwrap(),
        bob.cents.into_inner().unwrap(),
    )
}

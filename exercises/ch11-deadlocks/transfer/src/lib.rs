//! A bank in which many threads move money at a time.
//!
//! The job: make [`Bank::transfer`] and [`Bank::total`] right, whoever pays whom, at whatever
//! moment.
//!
//! The rules:
//!
//! - A transfer either moves the whole amount, or returns [`NotEnough`] and changes nothing. No
//!   account ever goes below zero.
//! - Any transfers may run at the same time, in any direction, and all of them come to an end.
//! - An account may pay itself. That changes no balance; it is checked and entered like any other
//!   transfer.
//! - Each transfer that succeeds is entered in the ledger once, before anybody can see the money
//!   that it moved. The ledger may be slow: it writes to a disk. While it writes, transfers between
//!   *other* accounts go on.
//! - [`Bank::total`] is what all accounts hold together at one moment. Money on its way is never
//!   missing from it and never counted twice. It may wait for transfers.
//!
//! You may change everything in this file but the signatures of what is public.

use std::sync::Mutex;

/// What the ledger is told of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The account that pays.
    pub from: usize,
    /// The account that is paid.
    pub to: usize,
    /// The amount in cents.
    pub amount: u64,
}

/// The account that should pay holds less than the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotEnough;

/// Some accounts, numbered from 0, and a ledger.
pub struct Bank {
    accounts: Vec<Mutex<u64>>,
    ledger: Box<dyn Fn(Entry) + Send + Sync>,
}

impl Bank {
    /// A bank with one account for each of `balances` (in cents) that calls `ledger` to enter a
    /// transfer.
    pub fn new(balances: &[u64], ledger: impl Fn(Entry) + Send + Sync + 'static) -> Self {
        Self {
            accounts: balances.iter().map(|cents| Mutex::new(*cents)).collect(),
            ledger: Box::new(ledger),
        }
    }

    /// Moves `amount` cents from one account to another and enters it in the ledger.
    ///
    /// # Errors
    /// [`NotEnough`] if `from` holds less than `amount`.
    ///
    /// # Panics
    /// If there is no such account.
    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), NotEnough> {
        let mut source = self.accounts[from].lock().unwrap();
        let mut target = self.accounts[to].lock().unwrap();
        if *source < amount {
            return Err(NotEnough);
        }
        (self.ledger)(Entry { from, to, amount });
        *source -= amount;
        *target += amount;
        Ok(())
    }

    /// What `account` holds, in cents.
    ///
    /// # Panics
    /// If there is no such account.
    pub fn balance(&self, account: usize) -> u64 {
        *self.accounts[account].lock().unwrap()
    }

    /// What all accounts hold together, in cents.
    pub fn total(&self) -> u64 {
        self.accounts
            .iter()
            .map(|cents| *cents.lock().unwrap())
            .sum()
    }
}

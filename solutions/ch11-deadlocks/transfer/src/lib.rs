//! A bank in which many threads move money at a time.
//!
//! Every thread takes accounts in the order of their numbers: a transfer its two, an audit all of
//! them. So nobody waits for an account below the highest that he holds, and no ring can close.
//! Both accounts stay locked while the ledger writes, and nothing else is.

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
        if from == to {
            let balance = self.accounts[from].lock().unwrap();
            if *balance < amount {
                return Err(NotEnough);
            }
            (self.ledger)(Entry { from, to, amount });
            return Ok(());
        }
        let (mut source, mut target);
        if from < to {
            source = self.accounts[from].lock().unwrap();
            target = self.accounts[to].lock().unwrap();
        } else {
            target = self.accounts[to].lock().unwrap();
            source = self.accounts[from].lock().unwrap();
        }
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
        let held: Vec<_> = self
            .accounts
            .iter()
            .map(|cents| cents.lock().unwrap())
            .collect();
        held.iter().map(|cents| **cents).sum()
    }
}

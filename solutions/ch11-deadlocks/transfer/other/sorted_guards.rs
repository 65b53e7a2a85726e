//! Locks a sorted list of accounts without doubles, whatever the call: one helper for transfers,
//! audits and accounts that pay themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

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
        let mut held = self.hold([from, to]);
        if *held[&from] < amount {
            return Err(NotEnough);
        }
        (self.ledger)(Entry { from, to, amount });
        **held.get_mut(&from).unwrap() -= amount;
        **held.get_mut(&to).unwrap() += amount;
        Ok(())
    }

    fn hold(
        &self,
        accounts: impl IntoIterator<Item = usize>,
    ) -> BTreeMap<usize, MutexGuard<'_, u64>> {
        let accounts: BTreeSet<usize> = accounts.into_iter().collect();
        accounts
            .into_iter()
            .map(|account| (account, self.accounts[account].lock().unwrap()))
            .collect()
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
        self.hold(0..self.accounts.len())
            .values()
            .map(|cents| **cents)
            .sum()
    }
}

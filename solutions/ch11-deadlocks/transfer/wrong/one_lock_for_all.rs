//! Wrong: one lock for the whole bank. Nothing can deadlock, and nobody can pay while the disk is slow.
//! Caught by: transfers_between_other_accounts_do_not_wait_for_a_slow_ledger

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
    accounts: Mutex<Vec<u64>>,
    ledger: Box<dyn Fn(Entry) + Send + Sync>,
}

impl Bank {
    /// A bank with one account for each of `balances`.
    pub fn new(balances: &[u64], ledger: impl Fn(Entry) + Send + Sync + 'static) -> Self {
        Self {
            accounts: Mutex::new(balances.to_vec()),
            ledger: Box::new(ledger),
        }
    }

    /// Moves `amount` cents from one account to another and enters it in the ledger.
    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), NotEnough> {
        let mut accounts = self.accounts.lock().unwrap();
        if accounts[from] < amount {
            return Err(NotEnough);
        }
        (self.ledger)(Entry { from, to, amount });
        accounts[from] -= amount;
        accounts[to] += amount;
        Ok(())
    }

    /// What `account` holds, in cents.
    pub fn balance(&self, account: usize) -> u64 {
        self.accounts.lock().unwrap()[account]
    }

    /// What all accounts hold together, in cents.
    pub fn total(&self) -> u64 {
        self.accounts.lock().unwrap().iter().sum()
    }
}

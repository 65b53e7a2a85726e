//! No order: whoever does not get the second account lets go of the first and tries again, the
//! other way round, so that he waits where the obstacle is.

use parking_lot::{Mutex, MutexGuard};

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
    /// A bank with one account for each of `balances`.
    pub fn new(balances: &[u64], ledger: impl Fn(Entry) + Send + Sync + 'static) -> Self {
        Self {
            accounts: balances.iter().map(|cents| Mutex::new(*cents)).collect(),
            ledger: Box::new(ledger),
        }
    }

    /// Moves `amount` cents from one account to another and enters it in the ledger.
    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), NotEnough> {
        if from == to {
            let balance = self.accounts[from].lock();
            self.enter(*balance, Entry { from, to, amount })?;
            return Ok(());
        }
        let (mut source, mut target) = self.both(from, to);
        self.enter(*source, Entry { from, to, amount })?;
        *source -= amount;
        *target += amount;
        Ok(())
    }

    fn enter(&self, balance: u64, entry: Entry) -> Result<(), NotEnough> {
        if balance < entry.amount {
            return Err(NotEnough);
        }
        (self.ledger)(entry);
        Ok(())
    }

    fn both(&self, from: usize, to: usize) -> (MutexGuard<'_, u64>, MutexGuard<'_, u64>) {
        loop {
            let source = self.accounts[from].lock();
            if let Some(target) = self.accounts[to].try_lock() {
                return (source, target);
            }
            drop(source);
            let target = self.accounts[to].lock();
            if let Some(source) = self.accounts[from].try_lock() {
                return (source, target);
            }
        }
    }

    /// What `account` holds, in cents.
    pub fn balance(&self, account: usize) -> u64 {
        *self.accounts[account].lock()
    }

    /// What all accounts hold together, in cents.
    pub fn total(&self) -> u64 {
        loop {
            let held: Option<Vec<_>> = self.accounts.iter().map(Mutex::try_lock).collect();
            if let Some(held) = held {
                return held.iter().map(|cents| **cents).sum();
            }
            std::thread::yield_now();
        }
    }
}

//! One short lock for the whole bank, never held while the ledger writes: a transfer reserves its
//! accounts, lets go, enters, and then moves the money and gives them back.

use std::sync::{Condvar, Mutex, MutexGuard};

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

struct Account {
    cents: u64,
    reserved: bool,
}

/// Some accounts, numbered from 0, and a ledger.
pub struct Bank {
    accounts: Mutex<Vec<Account>>,
    given_back: Condvar,
    ledger: Box<dyn Fn(Entry) + Send + Sync>,
}

impl Bank {
    /// A bank with one account for each of `balances`.
    pub fn new(balances: &[u64], ledger: impl Fn(Entry) + Send + Sync + 'static) -> Self {
        let open = |&cents| Account {
            cents,
            reserved: false,
        };
        Self {
            accounts: Mutex::new(balances.iter().map(open).collect()),
            given_back: Condvar::new(),
            ledger: Box::new(ledger),
        }
    }

    /// Moves `amount` cents from one account to another and enters it in the ledger.
    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), NotEnough> {
        let mut accounts = self.when(|accounts| !accounts[from].reserved && !accounts[to].reserved);
        if accounts[from].cents < amount {
            return Err(NotEnough);
        }
        accounts[from].reserved = true;
        accounts[to].reserved = true;
        drop(accounts);
        (self.ledger)(Entry { from, to, amount });
        let mut accounts = self.accounts.lock().unwrap();
        accounts[from].cents -= amount;
        accounts[to].cents += amount;
        accounts[from].reserved = false;
        accounts[to].reserved = false;
        drop(accounts);
        self.given_back.notify_all();
        Ok(())
    }

    fn when(&self, free: impl Fn(&[Account]) -> bool) -> MutexGuard<'_, Vec<Account>> {
        let accounts = self.accounts.lock().unwrap();
        self.given_back
            .wait_while(accounts, |accounts| !free(accounts))
            .unwrap()
    }

    /// What `account` holds, in cents.
    pub fn balance(&self, account: usize) -> u64 {
        self.accounts.lock().unwrap()[account].cents
    }

    /// What all accounts hold together, in cents.
    pub fn total(&self) -> u64 {
        let accounts = self.accounts.lock().unwrap();
        accounts.iter().map(|account| account.cents).sum()
    }
}

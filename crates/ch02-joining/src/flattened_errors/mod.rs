//! TODO

pub mod broken;
pub mod fixed;

use std::fmt;
use std::sync::{Arc, Mutex};

/// A bank that remembers what it was asked to pay.
#[derive(Clone, Default)]
pub struct Bank {
    asked: Arc<Mutex<Vec<u32>>>,
}

/// Why the invoice of this number is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Ask again.
    Busy(u32),
    /// The answer will be the same tomorrow.
    Declined(u32),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Busy(invoice) => write!(f, "invoice {invoice}: the bank is busy"),
            Failure::Declined(invoice) => write!(f, "invoice {invoice}: declined"),
        }
    }
}

impl Bank {
    /// Pays an invoice. The bank is busy when number 2 comes for the first time, and always declines
    /// number 3.
    async fn pay(self, invoice: u32) -> Result<(), Failure> {
        self.asked.lock().unwrap().push(invoice);
        match (invoice, self.asked(invoice)) {
            (2, 1) => Err(Failure::Busy(invoice)),
            (3, _) => Err(Failure::Declined(invoice)),
            _ => Ok(()),
        }
    }

    /// How often it was asked to pay this invoice.
    pub fn asked(&self, invoice: u32) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|&&number| number == invoice).count()
    }
}

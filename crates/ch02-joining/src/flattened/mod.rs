//! Errors become text, and nobody can tell them apart any more.
//!
//! **What goes wrong.** All invoices are paid at once, and what failed comes back as one text.
//! Where the bank was busy, it is worth a second try. The text says that it was busy for some
//! invoice; which one would have to be parsed out of it. So the whole batch is tried again, and
//! invoice 17, which was paid, is paid twice.
//!
//! **In Go** it is `fmt.Errorf("multiple errors: %v", errs)`, as a guide recommends it (in these
//! words for a single error, too). `errors.Is` and `errors.As` find nothing in it: `%v` keeps the
//! words and drops the values. `%w` or `errors.Join` keep them. **In Rust** `to_string()` does what
//! `%v` does, and so does `map_err(|error| format!(…))`, which is easy to write when two error
//! types have to meet. With one task a text may do. With many, *whose* error it was is half of the
//! news.
//!
//! **The mend.** A type for the failure, one value for each that failed, and text at the very end,
//! where a person reads it.
//!
//! **Who catches it.** Nobody at compile time: a `String` is a fine error type to rustc. A test in
//! which one fails and one does not.
//!
//! Covers: c:P40, c:E43

pub mod broken;
pub mod fixed;

use std::fmt;
use std::sync::{Arc, Mutex};

/// A bank that remembers what it was asked to pay.
#[derive(Clone)]
pub struct Bank {
    asked: Arc<Mutex<Vec<u32>>>,
}

/// Why the invoice of this number is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The bank has no time; it will have, soon.
    Busy(u32),
    /// The bank does not know this invoice, and will not.
    Unknown(u32),
}

impl Failure {
    /// The invoice, if it may be tried again.
    pub fn busy(&self) -> Option<u32> {
        match *self {
            Failure::Busy(invoice) => Some(invoice),
            Failure::Unknown(_) => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Busy(invoice) => write!(f, "invoice {invoice}: the bank is busy"),
            Failure::Unknown(invoice) => write!(f, "invoice {invoice}: not known"),
        }
    }
}

impl Bank {
    /// A bank that knows invoices 17 and 18, and is busy when 18 comes for the first time.
    pub fn open() -> Self {
        Self {
            asked: Arc::new(Mutex::new(Vec::new())),
        }
    }

    /// The invoices that it was asked to pay, in order.
    pub fn asked(&self) -> Vec<u32> {
        self.asked.lock().unwrap().clone()
    }

    async fn pay(self, invoice: u32) -> Result<(), Failure> {
        let mut asked = self.asked.lock().unwrap();
        let again = asked.contains(&invoice);
        asked.push(invoice);
        match invoice {
            18 if !again => Err(Failure::Busy(invoice)),
            17 | 18 => Ok(()),
            _ => Err(Failure::Unknown(invoice)),
        }
    }
}

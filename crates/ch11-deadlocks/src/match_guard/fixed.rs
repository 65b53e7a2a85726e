//! The look-up ends with its statement, and the lock with it.

use std::collections::HashMap;
use std::sync::Mutex;

/// The prices that are known so far.
pub struct Prices {
    cache: Mutex<HashMap<String, u64>>,
}

impl Prices {
    /// Starts with the prices in `known`.
    pub fn new(known: HashMap<String, u64>) -> Self {
        Self {
            cache: Mutex::new(known),
        }
    }

    /// The price of an article in cents.
    pub fn of(&self, article: &str) -> u64 {
        let known = self.cache.lock().unwrap().get(article).copied();
        match known {
            Some(cents) => cents,
            None => {
                let cents = fetch(article);
                self.cache.lock().unwrap().insert(article.to_owned(), cents);
                cents
            }
        }
    }
}

/// Stands for the catalogue on another machine.
fn fetch(article: &str) -> u64 {
    100 * article.len() as u64
}

/// Asks twice for the same article.
pub fn run() -> u64 {
    let prices = Prices::new(HashMap::new());
    prices.of("tea") + prices.of("tea")
}

//! A call centre that opens another line when it is needed, and never more than it has.

use std::sync::Mutex;

/// So many lines there are.
const MOST: u32 = 2;

/// The lines that are open.
pub struct Centre {
    open: Mutex<u32>,
}

impl Centre {
    /// A centre with one open line.
    pub fn new() -> Self {
        Self {
            open: Mutex::new(1),
        }
    }

    /// Opens another line, if there is one.
    pub fn open_another(&self) {
        let mut open = self.open.lock().unwrap();
        if *open < MOST {
            *open += 1;
        }
    }

    /// How many lines are open.
    pub fn lines(&self) -> u32 {
        *self.open.lock().unwrap()
    }
}

impl Default for Centre {
    fn default() -> Self {
        Self::new()
    }
}

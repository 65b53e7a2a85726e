//! A struct copied together with the lock in it.
//!
//! A Go assignment copies the mutex, locked or not, and the copy guards nothing; `go vet` warns
//! where it sees it. A `Mutex` has no copy. To share one account, share it: `Arc<Account>`.
// refused: E0277

use std::sync::Mutex;

#[derive(Clone)]
pub struct Account {
    pub id: u32,
    pub cents: Mutex<i64>, //~
}

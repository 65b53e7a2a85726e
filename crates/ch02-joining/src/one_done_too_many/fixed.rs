//! Loads the suppliers' price lists before the shop opens.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Thread};

use super::{PriceLists, fetch};

/// Fetches each supplier's list into `lists`; returns when every supplier has answered.
pub fn load(suppliers: &[&'static str], lists: &Arc<PriceLists>) {
    let pending = Arc::new(AtomicUsize::new(suppliers.len()));
    for &supplier in suppliers {
        let (pending, shop) = (Arc::clone(&pending), thread::current());
        let lists = Arc::clone(lists);
        thread::spawn(move || {
            let _answered = Answered(&pending, &shop);
            let Some(list) = fetch(supplier) else {
                return;
            };
            lists.lock().unwrap().push(list);
        });
    }
    while pending.load(Ordering::SeqCst) > 0 {
        thread::park();
    }
}

/// Counts one answer when it is dropped, and wakes who waits for the last.
struct Answered<'t>(&'t AtomicUsize, &'t Thread);

impl Drop for Answered<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
        self.1.unpark();
    }
}

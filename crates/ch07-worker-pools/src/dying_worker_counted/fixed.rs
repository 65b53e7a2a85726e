//! A crew that is never short of hands: who drops out is replaced.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use tokio::sync::{Mutex, mpsc};

/// So many work when nobody is missing.
const WANTED: usize = 1;

/// A crew and its work.
pub struct Crew {
    present: AtomicUsize,
    crates: Mutex<mpsc::Receiver<Crate>>,
}

/// What a worker does with a crate.
pub type Crate = Box<dyn FnOnce() + Send>;

impl Crew {
    /// Puts a crew to work.
    pub fn start(crates: mpsc::Receiver<Crate>) -> Arc<Self> {
        let crew = Arc::new(Self {
            present: AtomicUsize::new(0),
            crates: Mutex::new(crates),
        });
        crew.fill_up();
        crew
    }

    /// Lets workers come until nobody is missing.
    fn fill_up(self: &Arc<Self>) {
        while self.present.load(SeqCst) < WANTED {
            self.present.fetch_add(1, SeqCst);
            tokio::spawn(Arc::clone(self).shift());
        }
    }

    /// A worker comes, and one day goes.
    async fn shift(self: Arc<Self>) {
        let work = tokio::spawn(Arc::clone(&self).work());
        let dropped_out = work.await.is_err();
        self.present.fetch_sub(1, SeqCst);
        if dropped_out {
            self.fill_up();
        }
    }

    async fn work(self: Arc<Self>) {
        while let Some(unpack) = self.next().await {
            unpack();
        }
    }

    async fn next(&self) -> Option<Crate> {
        self.crates.lock().await.recv().await
    }
}

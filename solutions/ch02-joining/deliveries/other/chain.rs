//! A chain: a parcel is settled when it is over and the one before it is settled. Whoever flushes has to
//! wait for the last link only.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A delivery that is under way, or fails for a reason.
pub type Delivery = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// What became of the parcels that were accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Those whose delivery returned `Ok`.
    pub delivered: usize,
    /// Those whose delivery returned `Err`.
    pub failed: usize,
    /// Those whose delivery panicked.
    pub panicked: usize,
}

/// Delivers parcels in the background. A parcel is what is written on it.
pub struct Courier {
    deliver: Box<dyn Fn(String) -> Delivery + Send + Sync>,
    gone: CancellationToken,
    chain: Mutex<Chain>,
    report: Arc<Mutex<Report>>,
}

struct Chain {
    closed: bool,
    last: watch::Receiver<bool>,
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        Self {
            deliver: Box::new(deliver),
            gone: CancellationToken::new(),
            chain: Mutex::new(Chain {
                closed: false,
                last: watch::channel(true).1,
            }),
            report: Arc::default(),
        }
    }

    /// Begins to deliver a parcel.
    ///
    /// # Errors
    ///
    /// Gives the parcel back if the courier is closed.
    pub fn accept(&self, parcel: String) -> Result<(), String> {
        let mut chain = self.chain.lock().unwrap();
        if chain.closed {
            return Err(parcel);
        }
        let delivery = (self.deliver)(parcel);
        let (settled, last) = watch::channel(false);
        let mut before = std::mem::replace(&mut chain.last, last);
        drop(chain);
        let task: JoinHandle<Option<_>> = {
            let gone = self.gone.clone();
            tokio::spawn(async move { gone.run_until_cancelled(delivery).await })
        };
        let report = Arc::clone(&self.report);
        let gone = self.gone.clone();
        tokio::spawn(async move {
            let end = task.await;
            {
                let mut report = report.lock().unwrap();
                match end {
                    Ok(Some(Ok(()))) => report.delivered += 1,
                    Ok(Some(Err(_))) => report.failed += 1,
                    Ok(None) => {}
                    Err(_) => report.panicked += 1,
                }
            }
            tokio::select! {
                () = gone.cancelled() => {}
                _ = before.wait_for(|settled| *settled) => {}
            }
            settled.send_replace(true);
        });
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        let mut last = self.chain.lock().unwrap().last.clone();
        let _ = last.wait_for(|settled| *settled).await;
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.chain.lock().unwrap().closed = true;
        self.flush().await;
        *self.report.lock().unwrap()
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.gone.cancel();
    }
}

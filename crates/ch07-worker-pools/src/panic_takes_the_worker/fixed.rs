//! A photo lab: so many benches develop what customers bring.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};

/// A lab that is open as long as it is there.
pub struct Lab {
    orders: mpsc::Sender<Order>,
}

struct Order {
    prints: &'static str,
    done: oneshot::Sender<u32>,
}

impl Lab {
    /// Opens it with so many benches.
    pub fn open(benches: usize) -> Self {
        let (orders, queue) = mpsc::channel(8);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..benches {
            tokio::spawn(work(Arc::clone(&queue)));
        }
        Self { orders }
    }

    /// Has an order done, as the customer wrote it; how many prints there are, or nothing if it
    /// could not be done.
    pub async fn develop(&self, prints: &'static str) -> Option<u32> {
        let (done, prints_done) = oneshot::channel();
        self.orders.send(Order { prints, done }).await.ok()?;
        prints_done.await.ok()
    }
}

async fn work(queue: Arc<Mutex<mpsc::Receiver<Order>>>) {
    loop {
        let next = queue.lock().await.recv().await;
        let Some(Order { prints, done }) = next else {
            return;
        };
        let job = tokio::spawn(async move { develop(prints) });
        if let Ok(prints) = job.await {
            let _ = done.send(prints);
        }
    }
}

fn develop(prints: &str) -> u32 {
    prints.parse().expect("an order is a number of prints")
}

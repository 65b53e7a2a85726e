//! Exchange rates in a shared table; a task of its own works out new ones.

use std::sync::{Arc, Mutex};

use tokio::sync::{mpsc, oneshot};

/// Cents for a euro, as of a day.
pub struct Rate {
    /// The day, counted from the start.
    pub day: u32,
    /// US cents for one euro.
    pub cents: u32,
}

/// Works out the rate that follows the one in the table, for whoever asks.
async fn quote(rate: Arc<Mutex<Rate>>, mut inbox: mpsc::Receiver<oneshot::Sender<u32>>) {
    while let Some(reply) = inbox.recv().await {
        let cents = rate.lock().unwrap().cents + 1;
        let _ = reply.send(cents);
    }
}

/// Asks for the next rate and enters it in the table.
pub async fn renew(rate: &Mutex<Rate>, quotes: &mpsc::Sender<oneshot::Sender<u32>>) {
    let (reply, answer) = oneshot::channel();
    let mut rate = rate.lock().unwrap();
    quotes.send(reply).await.unwrap();
    rate.cents = answer.await.unwrap();
    rate.day += 1;
}

/// Renews the rate once.
pub async fn run() -> u32 {
    let rate = Arc::new(Mutex::new(Rate { day: 0, cents: 108 }));
    let (quotes, inbox) = mpsc::channel(1);
    tokio::spawn(quote(Arc::clone(&rate), inbox));
    renew(&rate, &quotes).await;
    rate.lock().unwrap().cents
}

//! A copy shop: customers hand in a job, and look at the board what became of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::Status;

/// The jobs by their number.
pub type Board = Arc<Mutex<BTreeMap<u32, Status>>>;

/// A shop with one printer.
pub struct Shop {
    jobs: mpsc::Sender<u32>,
    board: Board,
    closing: CancellationToken,
    printer: JoinHandle<()>,
}

impl Shop {
    /// Opens a shop that keeps `board`.
    pub fn open(board: Board) -> Self {
        let (jobs, tray) = mpsc::channel(8);
        let closing = CancellationToken::new();
        let printer = tokio::spawn(print(tray, board.clone(), closing.clone()));
        Self {
            jobs,
            board,
            closing,
            printer,
        }
    }

    /// Accepts a job; false if there is no room for it.
    pub fn accept(&self, job: u32) -> bool {
        let Ok(place) = self.jobs.try_reserve() else {
            return false;
        };
        self.board.lock().unwrap().insert(job, Status::Accepted);
        place.send(job);
        true
    }

    /// Closes the shop, when the job that is being printed is done.
    pub async fn close(self) {
        self.closing.cancel();
        self.printer.await.expect("a printer does not panic");
    }
}

/// Prints one job after the other, a minute each.
async fn print(mut tray: mpsc::Receiver<u32>, board: Board, closing: CancellationToken) {
    while let Some(Some(job)) = closing.run_until_cancelled(tray.recv()).await {
        tokio::time::sleep(Duration::from_secs(60)).await;
        board.lock().unwrap().insert(job, Status::Printed);
    }
    tray.close();
    while let Some(job) = tray.recv().await {
        board.lock().unwrap().insert(job, Status::CalledOff);
    }
}

//! Sends letters in the background.

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A mailroom with a clerk of its own, who stays until it is closed.
pub struct Mailroom {
    letters: mpsc::Sender<u32>,
    closing: CancellationToken,
    clerk: JoinHandle<()>,
}

impl Mailroom {
    /// Opens it; the clerk hands each letter to `post`.
    pub fn open(mut post: impl FnMut(u32) + Send + 'static) -> Self {
        let (letters, mut tray) = mpsc::channel(16);
        let closing = CancellationToken::new();
        let closed = closing.clone();
        let clerk = tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = closed.cancelled() => break,
                    Some(letter) = tray.recv() => post(letter),
                }
            }
            tray.close();
            while let Some(letter) = tray.recv().await {
                post(letter);
            }
        });
        Self {
            letters,
            closing,
            clerk,
        }
    }

    /// Accepts a letter; false if the mailroom is closed.
    pub async fn accept(&self, letter: u32) -> bool {
        self.letters.send(letter).await.is_ok()
    }

    /// Closes the mailroom, when all that it accepted is posted.
    pub async fn close(self) {
        self.closing.cancel();
        self.clerk.await.expect("the clerk does not panic");
    }
}

//! Wrong: gives every connection the whole limit, one after the other.
//! Caught by: what_is_underway_after_the_limit_is_dropped_and_counted

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Answers enquiries until SIGTERM, and for `limit` after it. Returns how many were dropped then.
///
/// # Errors
/// If the signal cannot be handled, or the listener fails.
pub async fn serve<A, F>(listener: TcpListener, answer: A, limit: Duration) -> io::Result<usize>
where
    A: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = String> + Send + 'static,
{
    let mut terminate = signal(SignalKind::terminate())?;
    let answer = Arc::new(answer);
    let closing = CancellationToken::new();
    let underway = Arc::new(AtomicUsize::new(0));
    let mut handles: Vec<JoinHandle<()>> = Vec::new();
    loop {
        tokio::select! {
            biased;
            _ = terminate.recv() => break,
            client = listener.accept() => {
                let (client, _) = client?;
                let conversation = Conversation {
                    answer: Arc::clone(&answer),
                    closing: closing.clone(),
                    underway: Arc::clone(&underway),
                };
                handles.push(tokio::spawn(conversation.hold(client)));
            }
        }
    }
    closing.cancel();
    drop(listener);
    let mut dropped = 0;
    for mut connection in handles {
        if connection.is_finished() {
            continue;
        }
        if timeout(limit, &mut connection).await.is_err() {
            connection.abort();
            let _ = connection.await;
            dropped += 1;
        }
    }
    Ok(dropped)
}

struct Conversation<A> {
    answer: Arc<A>,
    closing: CancellationToken,
    underway: Arc<AtomicUsize>,
}

/// One enquiry that is underway, however it ends.
struct Underway<'c>(&'c AtomicUsize);

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<A, F> Conversation<A>
where
    A: Fn(String) -> F,
    F: Future<Output = String>,
{
    async fn hold(self, mut client: TcpStream) {
        let (reader, mut writer) = client.split();
        let mut lines = BufReader::new(reader).lines();
        loop {
            let line = tokio::select! {
                biased;
                () = self.closing.cancelled() => return,
                line = lines.next_line() => line,
            };
            let Ok(Some(line)) = line else { return };
            self.underway.fetch_add(1, Ordering::SeqCst);
            let _underway = Underway(&self.underway);
            let text = (self.answer)(line).await + "\n";
            if writer.write_all(text.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

//! Wrong: stops calling accept, and keeps the listener: the system goes on letting clients in.
//! Caught by: after_the_signal_nobody_is_let_in

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
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
    let mut connections = JoinSet::new();
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
                connections.spawn(conversation.hold(client));
            }
            // A long day has many connections, and each that is over would stay in the set.
            Some(_) = connections.join_next() => {}
        }
    }
    closing.cancel();
    let all = async { while connections.join_next().await.is_some() {} };
    if timeout(limit, all).await.is_ok() {
        return Ok(0);
    }
    let dropped = underway.load(Ordering::SeqCst);
    let _ = listener.local_addr();
    connections.shutdown().await;
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

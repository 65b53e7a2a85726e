//! Wrong: starts a task for each line of a client.
//! Caught by: one_enquiry_of_a_connection_is_underway_at_a_time

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Mutex;
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
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    if timeout(limit, all).await.is_ok() {
        return Ok(0);
    }
    let dropped = underway.load(Ordering::SeqCst);
    connections.shutdown().await;
    Ok(dropped)
}

struct Conversation<A> {
    answer: Arc<A>,
    closing: CancellationToken,
    underway: Arc<AtomicUsize>,
}

/// One enquiry that is underway, however it ends.
struct Underway(Arc<AtomicUsize>);

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<A, F> Conversation<A>
where
    A: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = String> + Send + 'static,
{
    async fn hold(self, client: TcpStream) {
        let (reader, writer) = client.into_split();
        let writer = Arc::new(Mutex::new(writer));
        let mut answers = JoinSet::new();
        let mut lines = BufReader::new(reader).lines();
        loop {
            let line = tokio::select! {
                biased;
                () = self.closing.cancelled() => break,
                line = lines.next_line() => line,
            };
            let Ok(Some(line)) = line else { break };
            self.underway.fetch_add(1, Ordering::SeqCst);
            let (answer, writer) = (Arc::clone(&self.answer), Arc::clone(&writer));
            let underway = Underway(Arc::clone(&self.underway));
            answers.spawn(async move {
                let _underway = underway;
                let text = answer(line).await + "\n";
                let _ = writer.lock().await.write_all(text.as_bytes()).await;
            });
        }
        while answers.join_next().await.is_some() {}
    }
}

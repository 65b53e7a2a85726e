//! Right: a tracker counts the connections, one token closes and another one cuts off.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

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
    let connections = TaskTracker::new();
    let (closing, cut_off) = (CancellationToken::new(), CancellationToken::new());
    let (telling, mut told) = mpsc::unbounded_channel();
    let accepting = {
        let (connections, closing, cut_off) =
            (connections.clone(), closing.clone(), cut_off.clone());
        tokio::spawn(async move {
            while let Some(client) = closing.run_until_cancelled(listener.accept()).await {
                let (client, _) = client?;
                let conversation = converse(client, Arc::clone(&answer), closing.clone());
                let (cut_off, telling) = (cut_off.clone(), telling.clone());
                connections.spawn(async move {
                    if cut_off.run_until_cancelled(conversation).await.is_none() {
                        // `serve` counts until nobody tells any more.
                        let _ = telling.send(());
                    }
                });
            }
            io::Result::Ok(())
        })
    };
    terminate.recv().await;
    closing.cancel();
    let cutting = tokio::spawn(async move {
        tokio::time::sleep(limit).await;
        cut_off.cancel();
    });
    accepting.await??;
    connections.close();
    connections.wait().await;
    cutting.abort();
    let mut dropped = 0;
    while told.try_recv().is_ok() {
        dropped += 1;
    }
    Ok(dropped)
}

async fn converse<A, F>(client: TcpStream, answer: Arc<A>, closing: CancellationToken)
where
    A: Fn(String) -> F,
    F: Future<Output = String>,
{
    let (reader, mut writer) = client.into_split();
    let mut lines = BufReader::new(reader).lines();
    while let Some(Ok(Some(line))) = closing.run_until_cancelled(lines.next_line()).await {
        // Cancelled or not, what has been read is answered: it is underway.
        let mut text = answer(line).await;
        text.push('\n');
        if writer.write_all(text.as_bytes()).await.is_err() {
            break;
        }
    }
}

//! Right: every connection is told the deadline, keeps to it by itself, and tells how it ended.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

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
    let (told, deadline) = watch::channel(None);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            client = listener.accept() => {
                let (client, _) = client?;
                let conversation = converse(client, Arc::clone(&answer), deadline.clone());
                connections.spawn(conversation);
            }
            Some(_) = connections.join_next() => {}
            _ = terminate.recv() => break,
        }
    }
    drop(listener);
    told.send_replace(Some(Instant::now() + limit));
    let mut dropped = 0;
    while let Some(end) = connections.join_next().await {
        dropped += usize::from(matches!(end, Ok(End::Dropped)));
    }
    Ok(dropped)
}

enum End {
    Orderly,
    Dropped,
}

async fn converse<A, F>(
    mut client: TcpStream,
    answer: Arc<A>,
    deadline: watch::Receiver<Option<Instant>>,
) -> End
where
    A: Fn(String) -> F,
    F: Future<Output = String>,
{
    let (reader, mut writer) = client.split();
    let mut reader = BufReader::new(reader);
    let mut closing = deadline.clone();
    loop {
        let mut line = String::new();
        tokio::select! {
            biased;
            _ = closing.wait_for(Option::is_some) => return End::Orderly,
            read = reader.read_line(&mut line) => match read {
                Ok(_) if line.ends_with('\n') => {}
                _ => return End::Orderly,
            },
        }
        let mut deadline = deadline.clone();
        let too_late = async {
            let at = deadline
                .wait_for(Option::is_some)
                .await
                .ok()
                .and_then(|at| *at);
            match at {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        let talk = async {
            let text = answer(line.trim_end_matches(['\r', '\n']).to_owned()).await + "\n";
            writer.write_all(text.as_bytes()).await
        };
        tokio::select! {
            sent = talk => if sent.is_err() { return End::Orderly },
            () = too_late => return End::Dropped,
        }
    }
}

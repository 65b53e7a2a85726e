//! # Graceful server
//!
//! An enquiry desk for parcels, on a socket. A client connects and sends enquiries, one a line; each is
//! answered with one line. When the machine is to be restarted, the service manager sends SIGTERM, waits a
//! while, and then sends SIGKILL. A guide's server stops in Go with `http.Server.Shutdown` and a context
//! that it gives 30 seconds, and then gives the jobs 30 seconds more.
//!
//! Below is a port. It is nearly right.
//!
//! The rules, in which an enquiry is *underway* from when its line has been read until its answer has been
//! sent:
//!
//! - Connections are served at the same time. The enquiries of one are answered in order, one at a time.
//! - A client that goes away, or an enquiry whose `answer` panics, ends its own connection and no other.
//! - SIGTERM does not end the process. `serve` handles it from when it is first polled.
//! - From SIGTERM on, nobody is let in any more: a connection is refused. No enquiry begins that was not
//!   underway, also of those lines that have arrived.
//! - An enquiry that is underway then has `limit` from the signal on to end. It is answered as always, and
//!   then its connection ends. A connection without one ends at once; half a line is none.
//! - What is still underway after `limit` is dropped where it stands, without an answer.
//! - `serve` returns as soon as all connections have ended, and not much later than `limit` after the signal,
//!   however many there are. It tells how many enquiries were dropped at the limit. Nothing that it started
//!   goes on then.
//!
//! You may change everything in this file but the signatures of what is public. The grader runs it with real
//! sockets and a real signal, on a runtime with several threads. Windows has no SIGTERM; there, work on this
//! one in WSL.
#![cfg(unix)]

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;
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
    let answer = Arc::new(answer);
    let connections = TaskTracker::new();
    let mut terminate = signal(SignalKind::terminate())?;
    loop {
        tokio::select! {
            client = listener.accept() => {
                let (client, _) = client?;
                connections.spawn(converse(client, Arc::clone(&answer)));
            }
            _ = terminate.recv() => break,
        }
    }
    connections.close();
    match timeout(limit, connections.wait()).await {
        Ok(()) => Ok(0),
        Err(_) => Ok(connections.len()),
    }
}

/// Answers one client, line by line.
async fn converse<A, F>(mut client: TcpStream, answer: Arc<A>)
where
    A: Fn(String) -> F,
    F: Future<Output = String>,
{
    let (reader, mut writer) = client.split();
    let mut lines = BufReader::new(reader).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let text = answer(line).await + "\n";
        if writer.write_all(text.as_bytes()).await.is_err() {
            return;
        }
    }
}

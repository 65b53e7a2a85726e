//! From the first request to the last: serving, and leaving in time.

use std::future::IntoFuture;
use std::pin::pin;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::http::Service;
use crate::say;
use crate::signals::Signals;

/// What could not be waited for.
#[derive(Debug)]
pub struct Left {
    /// Jobs without an outcome.
    pub jobs: Vec<String>,
    /// Requests without an answer.
    pub requests: usize,
}

/// Serves until a signal comes, and for at most `shutdown` after it.
///
/// There is one deadline for all that is to end. Jobs are cancelled a while before it: the time
/// between is theirs to stop in, and their clients' to hear of it.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    service: Service,
    shutdown: Duration,
    signals: &mut Signals,
) -> Result<Left> {
    let closing = CancellationToken::new();
    let server = axum::serve(listener, service.clone().router())
        .with_graceful_shutdown(closing.clone().cancelled_owned());
    let mut server = pin!(server.into_future());
    tokio::select! {
        end = &mut server => end.context("the listener failed")?,
        () = signals.next() => {}
    }
    closing.cancel();
    say(format_args!("closing; gone within {shutdown:?}"));
    let deadline = Instant::now() + shutdown;
    let desk = service.desk();
    let all = async { tokio::join!(desk.close(deadline - shutdown / 4), server).1 };
    tokio::select! {
        end = timeout_at(deadline, all) => match end {
            Ok(end) => end.context("the listener failed")?,
            Err(_) => say(format_args!("the time is over")),
        },
        () = signals.next() => say(format_args!("leaving at once")),
    }
    Ok(Left {
        jobs: desk.unfinished(),
        requests: service.requests(),
    })
}

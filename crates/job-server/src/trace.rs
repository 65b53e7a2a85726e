//! Which request it was: an id that a client may bring along, in every answer and every line.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// So many characters an id may have.
pub const LONGEST_ID: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that is being handled.
///
/// A task that is spawned has none: it has to be handed over, as whatever outlives its request.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Takes the id that the client has sent, or makes one, and sends it back.
pub async fn trace(request: Request, next: Next) -> Response {
    let id = match request.headers().get(HEADER).and_then(brought) {
        Some(id) => id.to_owned(),
        None => made(),
    };
    let header = HeaderValue::from_str(&id);
    let mut answer = CURRENT.scope(id, next.run(request)).await;
    // What is not a header was not taken from one, nor made.
    if let Ok(header) = header {
        answer.headers_mut().insert(HEADER, header);
    }
    answer
}

/// An id of the client's, if it is fit for a log.
fn brought(header: &HeaderValue) -> Option<&str> {
    header.to_str().ok().filter(|id| is_id(id))
}

/// Whether a client's word can stand in a path and in a log.
pub fn is_id(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (1..=LONGEST_ID).contains(&id.len()) && id.chars().all(fits)
}

/// One that no other request of this process has.
fn made() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("r{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_is_spawned_has_none() {
        let seen = CURRENT.scope("r7".to_owned(), async {
            let spawned = tokio::spawn(async { current() });
            (current(), spawned.await.expect("no panic"))
        });
        assert_eq!(seen.await, (Some("r7".to_owned()), None));
    }
}

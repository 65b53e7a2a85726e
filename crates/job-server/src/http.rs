//! The HTTP interface: what a client may ask, and with which status it is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use ch07_worker_pools::desk::{Desk, Outcome, Refused, Status};
use serde::Deserialize;
use serde_json::{Value, json};

use tokio::time::timeout;

use crate::jobs::{Backends, Job};
use crate::say;
use crate::trace;

/// What the handlers share. Clones are the same service.
#[derive(Clone)]
pub struct Service {
    desk: Desk,
    backends: Backends,
    requests: Arc<AtomicUsize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Submission {
    id: String,
    job: Job,
}

#[derive(Deserialize)]
struct Patience {
    /// How long the client wants to wait, in milliseconds.
    timeout_ms: Option<u64>,
}

/// Nobody waits longer for an outcome, whatever the request says.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

impl Service {
    /// A service in front of a desk.
    pub fn new(desk: Desk, backends: Backends) -> Self {
        Self {
            desk,
            backends,
            requests: Arc::default(),
        }
    }

    /// The desk behind it.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// How many requests have no answer yet.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// The routes. A method that a path does not have is answered with 405.
    pub fn router(self) -> Router {
        Router::new()
            .route("/api/health", get(health))
            .route("/api/jobs", post(submit))
            .route("/api/jobs/{id}", get(status).delete(cancel))
            .route("/api/jobs/{id}/outcome", get(outcome))
            .layer(middleware::from_fn(trace::trace))
            .layer(middleware::from_fn_with_state(self.clone(), count))
            .with_state(self)
    }
}

/// One request that has no answer yet, however it ends: the client may go away in the middle.
struct Underway(Arc<AtomicUsize>);

impl Underway {
    fn new(requests: &Arc<AtomicUsize>) -> Self {
        requests.fetch_add(1, Ordering::Relaxed);
        Self(requests.clone())
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn count(State(service): State<Service>, request: Request, next: Next) -> Response {
    let _underway = Underway::new(&service.requests);
    next.run(request).await
}

async fn health(State(service): State<Service>) -> Json<Value> {
    // Not counting this one.
    let requests = service.requests() - 1;
    let unfinished = service.desk.unfinished().len();
    Json(json!({ "requests": requests, "unfinished": unfinished }))
}

async fn submit(
    State(service): State<Service>,
    submission: Result<Json<Submission>, JsonRejection>,
) -> Response {
    let Submission { id, job } = match submission {
        Ok(Json(submission)) => submission,
        Err(rejection) => return refuse(StatusCode::BAD_REQUEST, rejection.body_text()),
    };
    if !trace::is_id(&id) {
        let most = trace::LONGEST_ID;
        let message = format!("`id`: 1 to {most} letters, digits, `-`, `_` and `.`");
        return refuse(StatusCode::BAD_REQUEST, message);
    }
    if let Err(error) = job.check() {
        return refuse(StatusCode::BAD_REQUEST, error);
    }
    match service.desk.submit(&id, job.run(service.backends)) {
        Ok(()) => {
            let request = trace::current().unwrap_or_default();
            say(format_args!("job {id} was accepted with request {request}"));
            let place = format!("/api/jobs/{id}");
            let body = Json(json!({ "id": id, "status": "accepted" }));
            (StatusCode::ACCEPTED, [(header::LOCATION, place)], body).into_response()
        }
        Err(refused @ Refused::Known) => refuse(StatusCode::CONFLICT, refused.to_string()),
        Err(refused @ Refused::Closing) => {
            refuse(StatusCode::SERVICE_UNAVAILABLE, refused.to_string())
        }
        Err(refused @ Refused::Full) => {
            let mut answer = refuse(StatusCode::SERVICE_UNAVAILABLE, refused.to_string());
            let soon = HeaderValue::from_static("1");
            answer.headers_mut().insert(header::RETRY_AFTER, soon);
            answer
        }
    }
}

async fn status(State(service): State<Service>, Path(id): Path<String>) -> Response {
    match service.desk.status(&id) {
        Some(status) => Json(described(&id, &status)).into_response(),
        None => unknown(&id),
    }
}

/// Waits, for at most a minute. A client that goes away ends the waiting, and not the job.
async fn outcome(
    State(service): State<Service>,
    Path(id): Path<String>,
    Query(patience): Query<Patience>,
) -> Response {
    let asked = patience.timeout_ms.map(Duration::from_millis);
    let limit = asked.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    match timeout(limit, service.desk.outcome(&id)).await {
        Ok(Some(outcome)) => Json(described(&id, &Status::Over(outcome))).into_response(),
        Ok(None) => unknown(&id),
        Err(_) => {
            let message = format!("job `{id}` is not over after {limit:?}; ask again");
            refuse(StatusCode::GATEWAY_TIMEOUT, message)
        }
    }
}

async fn cancel(State(service): State<Service>, Path(id): Path<String>) -> Response {
    match service.desk.cancel(&id) {
        None => unknown(&id),
        Some(over @ Status::Over(_)) => {
            (StatusCode::CONFLICT, Json(described(&id, &over))).into_response()
        }
        Some(_) => {
            let body = Json(json!({ "id": id, "status": "cancelling" }));
            (StatusCode::ACCEPTED, body).into_response()
        }
    }
}

fn described(id: &str, status: &Status) -> Value {
    match status {
        Status::Waiting => json!({ "id": id, "status": "waiting" }),
        Status::Running => json!({ "id": id, "status": "running" }),
        Status::Over(Outcome::Done(result)) => {
            json!({ "id": id, "status": "done", "result": result })
        }
        Status::Over(Outcome::Failed(error)) => {
            json!({ "id": id, "status": "failed", "error": error })
        }
        Status::Over(Outcome::Cancelled) => json!({ "id": id, "status": "cancelled" }),
    }
}

fn unknown(id: &str) -> Response {
    refuse(
        StatusCode::NOT_FOUND,
        format!("there is no job `{id}`, or not any more"),
    )
}

fn refuse(status: StatusCode, message: String) -> Response {
    (status, Json(json!({ "error": message }))).into_response()
}

//! A job server: HTTP in front of the desk of chapter 7.
//!
//! ```text
//! cargo run -p job-server
//! curl -X POST localhost:8080/api/jobs -H 'content-type: application/json' \
//!      -d '{"id": "march", "job": {"kind": "data_analysis", "rows": 20000}}'
//! curl localhost:8080/api/jobs/march            how far it is
//! curl localhost:8080/api/jobs/march/outcome    waits for its end
//! curl -X DELETE localhost:8080/api/jobs/march  cancels it
//! ```
//!
//! Who got a 202 gets an outcome: it stands on standard output, one line of JSON a job, before
//! anybody hears of it over HTTP. SIGTERM and SIGINT close the server in an orderly way: nothing
//! new is accepted, what was accepted ends or is cancelled, and the process is gone within its
//! deadline, whatever its clients and jobs do. A second signal makes it leave at once.

mod config;
mod http;
mod jobs;
mod serving;
mod signals;
mod trace;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use ch07_worker_pools::desk::{Desk, Outcome, Size};
use serde_json::json;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::http::Service;
use crate::jobs::Backends;
use crate::serving::Left;
use crate::signals::Signals;

/// Of so many jobs that are over, the server still tells the outcome.
const REMEMBERED: usize = 10_000;

fn main() -> ExitCode {
    let served = Config::read(|name| std::env::var(name).ok()).and_then(|config| {
        let runtime = tokio::runtime::Runtime::new().context("cannot start threads")?;
        let left = runtime.block_on(run(config));
        // To drop it would be to wait for a job that never comes to an `.await`.
        runtime.shutdown_background();
        left
    });
    match served {
        Ok(left) => {
            if left.requests > 0 {
                say(format_args!(
                    "left {} requests without an answer",
                    left.requests
                ));
            }
            if left.jobs.is_empty() {
                return ExitCode::SUCCESS;
            }
            say(format_args!(
                "left without an outcome: {}",
                left.jobs.join(", ")
            ));
        }
        Err(error) => say(format_args!("job-server: {error:#}")),
    }
    ExitCode::FAILURE
}

async fn run(config: Config) -> Result<Left> {
    // Before anybody can reach us, so that no signal finds us without a handler.
    let mut signals = Signals::listen().context("cannot listen to signals")?;
    let listener = TcpListener::bind(("127.0.0.1", config.port)).await;
    let listener = listener
        .with_context(|| format!("cannot listen on port {}; PORT names another", config.port))?;
    let size = Size {
        workers: config.workers,
        queue: config.queue,
        remembered: REMEMBERED,
    };
    let service = Service::new(Desk::open(size, print), Backends::new(config.unit));
    say(format_args!(
        "listening on http://{}",
        listener.local_addr()?
    ));
    serving::serve(listener, service, config.shutdown, &mut signals).await
}

/// A line of the log. Whoever read it may be gone; the server goes on.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// One line a job.
fn print(id: &str, outcome: &Outcome) {
    let line = match outcome {
        Outcome::Done(result) => json!({ "id": id, "outcome": "done", "result": result }),
        Outcome::Failed(error) => json!({ "id": id, "outcome": "failed", "error": error }),
        Outcome::Cancelled => json!({ "id": id, "outcome": "cancelled" }),
    };
    // Nobody may be reading any more; the jobs go on.
    let _ = writeln!(io::stdout().lock(), "{line}");
}

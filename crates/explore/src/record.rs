//! The record of a run, for the runner that started it.
//!
//! The runner names a file and a nonce. What it finds there when the process is over is the
//! verdict; without a record it does not matter what the process printed or how it ended.

use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs, io};

use timeline::{Report, SCHEMA, Verdict as Word};

use crate::token::Token;
use crate::verdict::{FailureKind, Verdict};

const RECORD: &str = "WORKSHOP_RECORD";
const NONCE: &str = "WORKSHOP_NONCE";
const REPLAY: &str = "WORKSHOP_REPLAY";
const GRAPH: &str = "WORKSHOP_GRAPH";

/// A trial begins: the record of one before it in the same process does not speak for this one.
pub(crate) fn begin() {
    if let Some(path) = path() {
        // There is none before the first trial.
        let _ = fs::remove_file(path);
    }
}

/// The schedule that the runner wants to see again.
///
/// # Panics
/// If it is not a token.
pub(crate) fn replay() -> Option<Token> {
    let text = env::var(REPLAY).ok()?;
    match Token::parse(&text) {
        Ok(token) => Some(token),
        Err(why) => panic!("{REPLAY}: {why}"),
    }
}

/// Whether the runner wants to have the graph of the program, too.
pub(crate) fn wants_graph() -> bool {
    is_wanted() && env::var_os(GRAPH).is_some()
}

/// Whether a runner has asked for a record.
pub(crate) fn is_wanted() -> bool {
    path().is_some()
}

/// How often the runner is told how far a trial is.
pub(crate) const NEWS_EVERY: Duration = Duration::from_millis(500);

/// So many schedules have been run, and the trial goes on. The runner looks at this only if it
/// has to end the trial.
pub(crate) fn news(schedules: u64) {
    if let Some(path) = path() {
        // Without it the runner knows less, and that is all.
        let _ = fs::write(path.with_extension("news"), schedules.to_string());
    }
}

/// The trial is over.
///
/// # Panics
/// If the record cannot be written: the runner would take the trial for one that did not end.
pub(crate) fn end(verdict: &Verdict) {
    let Some(path) = path() else { return };
    let report = report(verdict);
    let write = || -> io::Result<()> {
        let text = serde_json::to_string(&report)?;
        let half = path.with_extension("half");
        fs::write(&half, text)?;
        fs::rename(&half, &path)
    };
    if let Err(error) = write() {
        panic!("the record {} cannot be written: {error}", path.display());
    }
}

fn path() -> Option<PathBuf> {
    env::var_os(RECORD).map(PathBuf::from)
}

fn report(verdict: &Verdict) -> Report {
    let word = match verdict.failure() {
        None => Word::Passed,
        Some(failure) if failure.kind == FailureKind::NotGradable => Word::NotGradable,
        Some(_) => Word::Failed,
    };
    let mut message = verdict.failure().map_or_else(String::new, |failure| {
        format!("{}: {}\n", failure.kind, failure.message)
    });
    if verdict.needs_memory_model() {
        message += "only under the memory model: it needs Release and Acquire (or SeqCst)\n";
    }
    message += &verdict.covered();
    Report {
        schema: SCHEMA,
        nonce: env::var(NONCE).unwrap_or_default(),
        world: verdict.world,
        verdict: word,
        schedules: verdict.schedules,
        coverage: verdict.coverage,
        message,
        token: verdict.token.clone(),
        // A verdict without lanes has no picture.
        timeline: Some(verdict.timeline.clone()).filter(|timeline| !timeline.lanes.is_empty()),
        graph: verdict.graph.clone(),
    }
}

//! What became of a property: the world's record and the end of the process, taken together.
//!
//! Nothing that the program prints counts. Its output is shown where it helps to understand an
//! end that no world has recorded.

use serde::{Deserialize, Serialize};
use timeline::{Report, Verdict as Said};

use crate::run::{End, Outcome};
use crate::tree::{self, Activity, Death};

/// What became of a property, or of all properties of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds in everything that was tried.
    Passed,
    /// It does not hold.
    Failed,
    /// The program did not end in time.
    Hung,
    /// The program ended before the trial did.
    Crashed,
    /// rustc refuses the program.
    DoesNotCompile,
    /// The program is fine for rustc, but the grader cannot follow it.
    NotGradable,
}

/// A property that was asked about.
#[derive(Clone, Debug)]
pub struct Property {
    /// The name of the test.
    pub name: String,
    /// What became of it.
    pub verdict: Verdict,
    /// One or a few sentences for a person.
    pub message: String,
    /// What the world reported.
    pub report: Option<Report>,
    /// The end of the output, where there is no picture to look at.
    pub printed: Option<String>,
}

impl Property {
    /// What `--replay` wants to see this failure again.
    pub fn token(&self) -> Option<String> {
        let token = self.report.as_ref()?.token.as_ref()?;
        Some(format!("{}@{token}", self.name))
    }
}

/// Judges a run of a learner's program.
pub fn judge(name: &str, outcome: Outcome, seconds: f64) -> Property {
    let (verdict, mut message) = verdict(&outcome, seconds);
    let left = left_behind(&outcome.left_behind);
    if !outcome.left_behind.is_empty() && !message.contains(&left) {
        message = format!("{message}\n{left}");
    }
    let shown = outcome
        .record
        .as_ref()
        .is_some_and(|report| report.timeline.is_some());
    let printed = (verdict != Verdict::Passed && !shown).then(|| excerpt(&outcome.output, EXCERPT));
    Property {
        name: name.to_owned(),
        verdict,
        message,
        report: outcome.record,
        printed: printed.filter(|text| !text.is_empty()),
    }
}

fn verdict(outcome: &Outcome, seconds: f64) -> (Verdict, String) {
    let status = match &outcome.end {
        End::Hung(activity) => return (Verdict::Hung, hung(*activity, Some(seconds))),
        End::Unfinished(schedules) => {
            return (Verdict::Hung, unfinished(*schedules, Some(seconds)));
        }
        End::Ended(status) => *status,
    };
    let recorded = match &outcome.record {
        Some(report) => match report.verdict {
            Said::Failed => return (Verdict::Failed, report.message.clone()),
            Said::NotGradable => return (Verdict::NotGradable, report.message.clone()),
            Said::Passed => Some(&report.message),
        },
        None => None,
    };
    let panic = panic_message(&outcome.output);
    match (recorded, status.success()) {
        (Some(message), true) if outcome.left_behind.is_empty() => {
            (Verdict::Passed, message.clone())
        }
        (Some(_), true) => (
            Verdict::Failed,
            format!(
                "the trial passed, but it {}",
                left_behind(&outcome.left_behind)
            ),
        ),
        (None, true) => (Verdict::Crashed, EXITED.to_owned()),
        (recorded, false) => {
            let when = if recorded.is_some() {
                "after the trial"
            } else {
                "outside of the trial"
            };
            match (tree::death(status), status.code(), panic) {
                (Some(death), ..) => (Verdict::Crashed, died(death, &outcome.output)),
                (None, Some(PANICKED), Some(panic)) => {
                    (Verdict::Failed, format!("panicked {when}: {panic}"))
                }
                (None, code, _) => {
                    let code = code.map_or_else(String::new, |code| format!(" with status {code}"));
                    (
                        Verdict::Crashed,
                        format!("the process ended{code} before the trial did"),
                    )
                }
            }
        }
    }
}

/// Why a check of a chapter did not come out as it should: what the test says, or what the process
/// did.
pub fn complaint(outcome: &Outcome) -> String {
    let what = match (&outcome.end, panic_message(&outcome.output)) {
        (End::Ended(status), Some(panic)) if status.code() == Some(PANICKED) => panic,
        (End::Hung(activity), _) => hung(*activity, None),
        (End::Unfinished(schedules), _) => unfinished(*schedules, None),
        (End::Ended(status), _) => match tree::death(*status) {
            Some(death) => died(death, &outcome.output),
            None if outcome.record.is_none() => EXITED.to_owned(),
            None => left_behind(&outcome.left_behind),
        },
    };
    format!("{what}\n{}", excerpt(&outcome.output, LONG_EXCERPT))
}

/// With which a test program says that a test failed.
const PANICKED: i32 = 101;

const EXITED: &str = "ended before the trial did: something in the program ends the whole \
                      process, as `std::process::exit` does";

fn when(limit: Option<f64>) -> String {
    limit.map_or_else(
        || "at its limit".to_owned(),
        |seconds| format!("after {seconds} s"),
    )
}

fn unfinished(schedules: u64, limit: Option<f64>) -> String {
    format!(
        "still trying {}: none of {schedules} schedules has failed so far. `--limit SECONDS` gives \
         it more time; a program with fewer steps, or fewer threads or tasks, needs less",
        when(limit)
    )
}

fn hung(activity: Activity, limit: Option<f64>) -> String {
    let when = when(limit);
    let doing = match activity {
        Activity::Spinning => {
            ", and spinning: it uses the processor, and does nothing that the grader can see"
        }
        Activity::Blocked => {
            ", and blocked: all its threads wait for something outside of the grader's world"
        }
        Activity::Unknown => "",
    };
    format!("still running {when}{doing}")
}

fn died(death: Death, output: &str) -> String {
    let overflowed = output.contains("has overflowed its stack");
    match death {
        Death::Aborted if overflowed => {
            "overflowed its stack: a function calls itself without end".to_owned()
        }
        Death::Aborted => "aborted the process, as `std::process::abort` and a panic while \
                           another is unwinding do"
            .to_owned(),
        Death::BadAccess => "crashed with a memory access that is not allowed; most likely its \
                             stack overflowed, because a function calls itself without end"
            .to_owned(),
        Death::Killed => "was killed from outside; perhaps the system ran out of memory".to_owned(),
        Death::Other(number) => format!("was ended by signal {number}"),
    }
}

fn left_behind(commands: &[String]) -> String {
    let mut different: Vec<String> = commands.iter().map(|line| format!("`{line}`")).collect();
    different.sort();
    different.dedup();
    let (noun, them) = match commands.len() {
        1 => ("a process".to_owned(), "it"),
        count => (format!("{count} processes"), "them"),
    };
    format!(
        "left {noun} behind: {}. The runner has ended {them}",
        different.join(", ")
    )
}

/// What the last panic said, without the name of the thread: `src/lib.rs:3:5: no such job`.
fn panic_message(output: &str) -> Option<String> {
    let (_, after) = output
        .rsplit_once("' panicked at ")
        .or_else(|| output.rsplit_once(" panicked at "))?;
    let mut lines = after.lines();
    let place = lines.next()?.trim_end_matches(':');
    let said: Vec<&str> = lines
        .take_while(|line| !line.starts_with("note: ") && !line.starts_with("test "))
        .filter(|line| !line.is_empty())
        .collect();
    Some(format!("{} ({place})", said.join(" ")))
}

/// How many lines of output are shown.
const EXCERPT: usize = 12;
/// For those who look after the workshop: room for two pictures and their difference.
const LONG_EXCERPT: usize = 100;

/// The end of the output, without what the test harness says about itself.
fn excerpt(output: &str, most: usize) -> String {
    let lines: Vec<&str> = output
        .lines()
        .filter(|line| {
            let noise = ["running 1 test", "test ", "note: run with `RUST_BACKTRACE"];
            !noise.iter().any(|noise| line.starts_with(noise))
        })
        .collect();
    let shown = &lines[lines.len().saturating_sub(most)..];
    shown.join("\n").trim().to_owned()
}

#[cfg(all(test, unix))]
mod tests;

//! Wrong: reads as many as it may, and waits for all of them before it goes on.
//! Caught by: one_that_is_slow_does_not_hold_up_the_others

use std::cmp::Reverse;
use std::collections::BTreeMap;

use futures::{StreamExt, stream};
use tokio_util::sync::CancellationToken;

/// How grave a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `INFO`
    Info,
    /// `WARN`
    Warn,
    /// `ERROR`
    Error,
}

/// How long requests took, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// The shortest.
    pub least: u64,
    /// The longest.
    pub most: u64,
    /// The average, rounded down.
    pub average: u64,
}

/// What the logs say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many lines were looked at.
    pub lines: usize,
    /// How many could not be read as a line of a log.
    pub unreadable: usize,
    /// The three paths with the most lines.
    pub top: Vec<(String, usize)>,
    /// The times of those lines that have one; none if no line has.
    pub times: Option<Times>,
}

/// Why there is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReport {
    /// There is no such level.
    NoLevel(String),
    /// A file could not be read, and why.
    Unreadable(String, String),
    /// Somebody cancelled it.
    Cancelled,
}

/// Reports on all `files`.
///
/// # Errors
/// If the level is unknown, a file cannot be read, or somebody cancels.
pub async fn report<R, F>(
    files: Vec<String>,
    read: R,
    least: &str,
    at_once: usize,
    cancel: CancellationToken,
) -> Result<Report, NoReport>
where
    R: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    let least = level(least).ok_or_else(|| NoReport::NoLevel(least.to_owned()))?;
    let read = &read;
    let groups: Vec<Vec<String>> = files.chunks(at_once).map(<[String]>::to_vec).collect();
    let contents = |group: Vec<String>| {
        stream::iter(group)
            .map(|file| async move {
                let lines = read(file.clone()).await;
                lines.map_err(|why| NoReport::Unreadable(file, why))
            })
            .buffer_unordered(at_once)
            .collect::<Vec<_>>()
    };
    let mut counts = Counts::default();
    let counting = async {
        for group in groups {
            for lines in contents(group).await {
                counts.add(&lines?, least);
            }
        }
        Ok(())
    };
    let Some(all) = cancel.run_until_cancelled(counting).await else {
        return Err(NoReport::Cancelled);
    };
    all?;
    Ok(counts.report())
}

/// What has been counted so far. The order in which files come makes no difference.
#[derive(Default)]
struct Counts {
    lines: usize,
    unreadable: usize,
    paths: BTreeMap<String, usize>,
    times: Vec<u64>,
}

impl Counts {
    fn add(&mut self, lines: &[String], least: Level) {
        for line in lines {
            match parse(line) {
                None => self.unreadable += 1,
                Some((level, path, time)) if level >= least => {
                    self.lines += 1;
                    *self.paths.entry(path.to_owned()).or_default() += 1;
                    self.times.extend(time);
                }
                Some(_) => {}
            }
        }
    }

    fn report(self) -> Report {
        // By name already; a stable sort keeps that among equals.
        let mut top: Vec<_> = self.paths.into_iter().collect();
        top.sort_by_key(|(_, count)| Reverse(*count));
        top.truncate(3);
        let extremes = self.times.iter().min().zip(self.times.iter().max());
        Report {
            lines: self.lines,
            unreadable: self.unreadable,
            top,
            times: extremes.map(|(&least, &most)| Times {
                least,
                most,
                average: self.times.iter().sum::<u64>() / self.times.len() as u64,
            }),
        }
    }
}

/// The level, the path, and the time if there is one.
fn parse(line: &str) -> Option<(Level, &str, Option<u64>)> {
    let mut words = line.split_whitespace();
    let level = level(words.next()?)?;
    let path = words.next().filter(|path| path.starts_with('/'))?;
    let time = match words.next() {
        Some(word) => Some(word.strip_prefix("time=")?.parse().ok()?),
        None => None,
    };
    words.next().is_none().then_some((level, path, time))
}

fn level(name: &str) -> Option<Level> {
    match name {
        "INFO" => Some(Level::Info),
        "WARN" => Some(Level::Warn),
        "ERROR" => Some(Level::Error),
        _ => None,
    }
}

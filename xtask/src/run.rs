//! Running properties: a process each, side by side, within a limit of wall time.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use timeline::{Report, SCHEMA};

use crate::capture::Capture;
use crate::interrupt;
use crate::terms::Terms;
use crate::tree::{self, Activity, Tree};

/// A property to try.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The test program.
    pub program: PathBuf,
    /// The name of the test.
    pub property: String,
    /// Try this one schedule only.
    pub replay: Option<String>,
    /// The report is to come with the graph of all schedules, if the program is small.
    pub graph: bool,
}

/// How a process ended.
#[derive(Debug)]
pub enum End {
    /// By itself, or by a signal.
    Ended(ExitStatus),
    /// It was ended by us, at its limit.
    Hung(Activity),
    /// The same, and until then it tried one schedule after the other: so many.
    Unfinished(u64),
}

/// What there is to know about a run, before anybody judges it.
#[derive(Debug)]
pub struct Outcome {
    /// How the process ended.
    pub end: End,
    /// What the world reported, if it did.
    pub record: Option<Report>,
    /// The processes that it left behind.
    pub left_behind: Vec<String>,
    /// What it printed: the beginning and the end.
    pub output: String,
}

/// How long a program may take to list its tests. Nothing of the subject runs then.
const LIST_LIMIT: Duration = Duration::from_secs(30);

/// A trial tells twice a second how far it is. One that has not for so long is stuck in a schedule.
const NEWS_LIMIT: Duration = Duration::from_secs(2);

/// Where and how long programs run.
pub struct Runner {
    root: PathBuf,
    terms: Terms,
    records: Records,
}

/// The directory where worlds write their reports; gone when we are.
struct Records(PathBuf);

impl Drop for Records {
    fn drop(&mut self) {
        // What stays is litter under target/, and no reason to fail.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Runner {
    /// Makes ready to run programs. `root` is where they run, `scratch` where they report.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn new(root: &Path, scratch: &Path, terms: Terms) -> Result<Self> {
        let dir = scratch.join(format!("run-{}-{}", std::process::id(), random_word()));
        fs::create_dir_all(&dir).with_context(|| {
            format!(
                "cannot write to {}; is the disk full, or read-only?",
                dir.display()
            )
        })?;
        Ok(Self {
            root: root.to_owned(),
            terms,
            records: Records(dir),
        })
    }

    /// The names of the tests in a program.
    ///
    /// # Errors
    /// When the program does not tell.
    pub fn properties(&self, program: &Path) -> Result<Vec<String>> {
        let mut command = self.command(program);
        command.args(["--list", "--format", "terse"]);
        let (end, output, _) = self.execute(command, &random_word(), LIST_LIMIT)?;
        if !matches!(end, End::Ended(status) if status.success()) {
            bail!(
                "{} does not list its tests; it says:\n\n{output}",
                program.display()
            );
        }
        Ok(output
            .lines()
            .filter_map(|line| line.strip_suffix(": test"))
            .map(str::to_owned)
            .collect())
    }

    /// Runs all of them, as many at a time as there are processors. The outcomes are in the order
    /// of the trials.
    ///
    /// # Errors
    /// When a program cannot be started, or the user interrupts.
    pub fn run(&self, trials: &[Trial], tell: &(dyn Fn(usize) + Sync)) -> Result<Vec<Outcome>> {
        tree::adopt_orphans();
        let outcomes = self.run_side_by_side(trials, tell);
        tree::end_orphans();
        outcomes
    }

    fn run_side_by_side(
        &self,
        trials: &[Trial],
        tell: &(dyn Fn(usize) + Sync),
    ) -> Result<Vec<Outcome>> {
        let next = AtomicUsize::new(0);
        let outcomes = Mutex::new(Vec::new());
        let work = || -> Result<()> {
            loop {
                let index = next.fetch_add(1, Ordering::SeqCst);
                let Some(trial) = trials.get(index) else {
                    return Ok(());
                };
                let outcome = self.try_one(trial)?;
                let mut outcomes = outcomes
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                outcomes.push((index, outcome));
                tell(outcomes.len());
            }
        };
        let workers = thread::available_parallelism()
            .map_or(1, NonZero::get)
            .min(trials.len());
        thread::scope(|scope| {
            let workers: Vec<_> = (0..workers)
                .map(|_| {
                    thread::Builder::new()
                        .name("runner".to_owned())
                        .spawn_scoped(scope, work)
                })
                .collect::<std::io::Result<_>>()
                .context("cannot start a thread; are there too many?")?;
            for worker in workers {
                match worker.join() {
                    Ok(result) => result?,
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            anyhow::Ok(())
        })?;
        let mut outcomes = outcomes
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        outcomes.sort_by_key(|(index, _)| *index);
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    }

    fn try_one(&self, trial: &Trial) -> Result<Outcome> {
        let nonce = random_word();
        let record = self.records.0.join(&nonce);
        let mut command = self.command(&trial.program);
        command
            .args(["--exact", &trial.property, "--nocapture"])
            .env("WORKSHOP_RECORD", &record)
            .env("WORKSHOP_NONCE", &nonce);
        if let Some(token) = &trial.replay {
            command.env("WORKSHOP_REPLAY", token);
        }
        if trial.graph {
            command.env("WORKSHOP_GRAPH", "1");
        }
        let (end, output, left_behind) = self.execute(command, &nonce, self.terms.limit)?;
        let end = match (end, read_news(&record)) {
            (End::Hung(_), Some(schedules)) => End::Unfinished(schedules),
            (end, _) => end,
        };
        Ok(Outcome {
            end,
            record: read_record(&record, &nonce),
            left_behind,
            output,
        })
    }

    /// A command in a clean environment: what a program is told does not depend on who runs it.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(
                INHERITED
                    .iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .envs(self.terms.snapshots.environment())
            .env("INSTA_WORKSPACE_ROOT", &self.root)
            .env("NO_COLOR", "1")
            .env("RUST_BACKTRACE", "0")
            .current_dir(&self.root)
            .stdin(Stdio::null());
        command
    }

    /// Runs a program to its end, or to its limit, and clears away all that it started.
    fn execute(
        &self,
        mut command: Command,
        nonce: &str,
        limit: Duration,
    ) -> Result<(End, String, Vec<String>)> {
        if interrupt::happened() {
            bail!("interrupted");
        }
        let program = command.get_program().to_string_lossy().into_owned();
        let context = || format!("cannot run {program}; run the command again to build it anew");
        let (reader, writer) = std::io::pipe().with_context(context)?;
        command
            .stdout(writer.try_clone().with_context(context)?)
            .stderr(writer);
        let mut tree = Tree::spawn(command).with_context(context)?;
        let capture = Capture::start(reader).with_context(context)?;
        let end = match tree.wait_at_most(limit).with_context(context)? {
            Some(status) => End::Ended(status),
            None => End::Hung(tree.activity()),
        };
        let left_behind = tree.end(nonce);
        if interrupt::happened() {
            bail!("interrupted");
        }
        Ok((end, capture.finish(), left_behind))
    }
}

/// What a program needs from us to run at all. Everything else (`RUST_*`, `LOOM_*`, `TOKIO_*`…)
/// could change what it does.
const INHERITED: [&str; 14] = [
    "PATH",
    "HOME",
    "USER",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    // Windows
    "SYSTEMROOT",
    "WINDIR",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "COMSPEC",
];

/// The report, if it is there, whole, and from this very run.
fn read_record(path: &Path, nonce: &str) -> Option<Report> {
    let report: Report = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (report.schema == SCHEMA && report.nonce == nonce).then_some(report)
}

/// How many schedules a trial had tried when it was ended, if it came to the next one until then.
fn read_news(record: &Path) -> Option<u64> {
    let path = record.with_extension("news");
    let told = fs::metadata(&path).and_then(|news| news.modified()).ok()?;
    let fresh = told.elapsed().is_ok_and(|age| age < NEWS_LIMIT);
    fresh.then(|| fs::read_to_string(&path).ok()?.parse().ok())?
}

/// A word that nobody can guess. The standard library seeds its hash maps from the system.
fn random_word() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

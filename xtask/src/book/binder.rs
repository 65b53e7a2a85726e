//! The program that makes the book. It is a crate of its own, because it needs a hundred others,
//! and a learner none of them.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;

use crate::build::{self, MESSAGES};
use crate::interrupt;
use crate::style::without_colour;
use crate::tree::Tree;
use crate::workshop::Workshop;

/// The program, built.
pub struct Binder {
    program: PathBuf,
}

/// What became of a book.
pub enum Bound {
    /// It is as it should be.
    Good,
    /// So much is wrong with it.
    Wrong(String),
}

/// A line of cargo's output.
#[derive(Deserialize)]
struct Message {
    executable: Option<PathBuf>,
    message: Option<Complaint>,
}

#[derive(Deserialize)]
struct Complaint {
    level: String,
    rendered: String,
}

impl Binder {
    /// Builds it; that takes long only once.
    ///
    /// # Errors
    /// When it is not there or does not compile.
    pub fn build(workshop: &Workshop) -> Result<Self> {
        let manifest = workshop.root.join("crates/bookbinder/Cargo.toml");
        if !manifest.is_file() {
            bail!(
                "{} is missing; `git restore crates/bookbinder` brings it back",
                workshop.shown(&manifest)
            );
        }
        let mut cargo = build::cargo();
        cargo
            .args(["build", "--bins", MESSAGES, "--manifest-path"])
            .arg(&manifest)
            .arg("--target-dir")
            .arg(workshop.target_dir())
            .current_dir(&workshop.root);
        let mut program = None;
        let mut errors = String::new();
        let (status, said) = build::listen(cargo, |line| {
            let Ok(message) = serde_json::from_str::<Message>(line) else {
                return;
            };
            program = message.executable.or(program.take());
            if let Some(complaint) = message.message.filter(|message| message.level == "error") {
                errors.push_str(&complaint.rendered);
            }
        })?;
        match program {
            Some(program) if status.success() => Ok(Self { program }),
            _ if errors.is_empty() => bail!(
                "cargo could not build crates/bookbinder, which makes the book; it says:\n\n{}",
                said.trim()
            ),
            _ => bail!(
                "crates/bookbinder, which makes the book, does not compile:\n\n{}",
                without_colour(&errors).trim_end()
            ),
        }
    }

    /// The file that is run.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Makes a book of the pages and the evidence.
    ///
    /// # Errors
    /// When it cannot be found out whether something is wrong with it.
    pub fn bind(&self, root: &Path, evidence: &Path, out: &Path) -> Result<Bound> {
        let mut command = self.command("build");
        command.arg("--root").arg(root);
        command.arg("--evidence").arg(evidence);
        command.arg("--out").arg(out);
        let ended = Ended::of(command)?;
        match ended.status.code() {
            Some(0) => Ok(Bound::Good),
            Some(1) => Ok(Bound::Wrong(ended.complaints)),
            _ => Err(trouble(ended.status, &ended.complaints)),
        }
    }

    /// Puts a finished book into one file, and tells about it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn bundle(&self, html: &Path, file: &Path) -> Result<String> {
        let mut command = self.command("bundle");
        command.arg("--out").arg(html).arg("--file").arg(file);
        Ended::of(command)?.said()
    }

    /// Shows a finished book in a browser.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(&self, html: &Path) -> Result<()> {
        let mut command = self.command("open");
        command.arg("--out").arg(html);
        Ended::of(command)?.said().map(drop)
    }

    /// The command that serves a book until its standard input ends. On every line of that input
    /// it is told about a new state of the book.
    pub fn serve(&self, html: &Path, port: u16, open: bool) -> Command {
        let mut command = self.command("serve");
        command.arg("--out").arg(html);
        command.args(["--port", &port.to_string()]);
        if open {
            command.arg("--open");
        }
        command
    }

    fn command(&self, word: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(word).stdin(Stdio::null());
        command
    }
}

/// How the program has ended, and what it said.
struct Ended {
    status: ExitStatus,
    printed: String,
    complaints: String,
}

impl Ended {
    fn of(mut command: Command) -> Result<Self> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let program = command.get_program().to_string_lossy().into_owned();
        let context = || format!("cannot run {program}; run the command again to build it anew");
        let mut tree = Tree::spawn(command).with_context(context)?;
        let stderr = tree.stderr();
        let complaints = thread::Builder::new()
            .name("complaints".to_owned())
            .spawn(move || stderr.map_or_else(String::new, all))
            .context("cannot start a thread; are there too many?")?;
        let printed = tree.stdout().map_or_else(String::new, all);
        let status = tree.wait().with_context(context)?;
        if interrupt::happened() {
            bail!("interrupted");
        }
        Ok(Self {
            status,
            printed,
            complaints: complaints.join().unwrap_or_default(),
        })
    }

    /// What it printed, if it could do its work.
    fn said(self) -> Result<String> {
        if self.status.success() {
            Ok(self.printed)
        } else {
            Err(trouble(self.status, &self.complaints))
        }
    }
}

/// That the program could not do its work, in its own words if it found some.
pub fn trouble(status: ExitStatus, complaints: &str) -> anyhow::Error {
    let words = complaints.trim();
    match words.strip_prefix("bookbinder: ").unwrap_or(words) {
        "" => anyhow!("bookbinder ended with {status}, and did not say why"),
        words => anyhow!("{words}"),
    }
}

/// All that a program says.
pub fn all(mut source: impl Read) -> String {
    let mut bytes = Vec::new();
    // What came until then is better than nothing.
    let _ = source.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

//! Building a generated workspace, in one call of cargo.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::diagnostics::Diagnostic;
use crate::interrupt;
use crate::judge::Kind;
use crate::prose;
use crate::style;
use crate::tree::Tree;

/// What became of each package, by its name.
#[derive(Debug, Default)]
pub struct Built {
    /// The test programs.
    pub tests: BTreeMap<String, PathBuf>,
    /// Why rustc refused a library.
    pub library_errors: BTreeMap<String, Vec<Diagnostic>>,
    /// Why rustc refused the tests of a library that it accepts.
    pub test_errors: BTreeMap<String, Vec<Diagnostic>>,
}

impl Built {
    /// Adds what another workspace gave; no two hold the same package.
    pub fn extend(&mut self, other: Self) {
        self.tests.extend(other.tests);
        self.library_errors.extend(other.library_errors);
        self.test_errors.extend(other.test_errors);
    }
}

/// A line of cargo's output.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
#[expect(clippy::enum_variant_names, reason = "the words are cargo's")]
enum Message {
    CompilerMessage {
        manifest_path: PathBuf,
        target: Target,
        message: Diagnostic,
    },
    CompilerArtifact {
        manifest_path: PathBuf,
        executable: Option<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

/// The cargo that started us, or the one on the path.
pub fn cargo() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut cargo = Command::new(program);
    cargo.env("CARGO_TERM_COLOR", "never").stdin(Stdio::null());
    cargo
}

/// Builds every package of a workspace; what one of them lacks does not stop the others.
///
/// # Errors
/// When cargo cannot do its work, or a part of the workshop itself does not compile.
pub fn build(kind: Kind, manifest: &Path, target_dir: &Path, root: &Path) -> Result<Built> {
    let mut command = cargo();
    match kind {
        Kind::Judge | Kind::Real => command.args(["build", "--tests"]),
        Kind::Plain => command.args(["check", "--lib"]),
    };
    command
        .args(["--workspace", "--keep-going", MESSAGES])
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--target-dir")
        .arg(target_dir)
        .current_dir(root);
    let mut built = Built::default();
    let mut foreign = Vec::new();
    let home = manifest.parent().unwrap_or(root);
    let (status, said) = listen(command, |line| {
        note(line, home, root, &mut built, &mut foreign);
    })?;
    let explained = !built.library_errors.is_empty() || !built.test_errors.is_empty();
    if let Some(first) = foreign.first() {
        let more = match foreign.len() - 1 {
            0 => String::new(),
            others => format!("\nand {}", prose::count(others, "more error")),
        };
        let first = style::without_colour(first);
        bail!(
            "a part of the workshop itself does not compile:\n\n{}{more}",
            first.trim_end()
        );
    }
    if !status.success() && !explained {
        bail!(
            "cargo could not build the judge; it says:\n\n{}",
            said.trim()
        );
    }
    Ok(built)
}

/// In which form cargo is to tell what it does.
pub const MESSAGES: &str = "--message-format=json-diagnostic-rendered-ansi";

/// Runs cargo, with its progress on the terminal. Each line that it prints is handed on; what it
/// says beside that comes back with its exit status.
///
/// # Errors
/// When cargo cannot be run, or the user interrupts.
pub fn listen(mut cargo: Command, mut each: impl FnMut(&str)) -> Result<(ExitStatus, String)> {
    cargo
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "100")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut tree = Tree::spawn(cargo)
        .context("cannot start cargo; is Rust installed? https://rustup.rs says how to get it")?;
    let stderr = tree.stderr();
    let progress = std::thread::Builder::new()
        .name("progress".to_owned())
        .spawn(move || stderr.map_or_else(String::new, show_progress))
        .context("cannot start a thread; are there too many?")?;
    if let Some(stdout) = tree.stdout() {
        for line in BufReader::new(stdout).lines() {
            each(&line.context("cannot read what cargo says")?);
        }
    }
    let status = tree.wait().context("cannot wait for cargo")?;
    let said = progress.join().unwrap_or_default();
    if interrupt::happened() {
        bail!("interrupted");
    }
    Ok((status, said))
}

/// Takes note of one line of cargo's output.
fn note(line: &str, home: &Path, root: &Path, built: &mut Built, foreign: &mut Vec<String>) {
    let Ok(message) = serde_json::from_str(line) else {
        return;
    };
    match message {
        Message::CompilerArtifact {
            manifest_path,
            executable: Some(executable),
        } => {
            if let Some(package) = package(&manifest_path, home) {
                built.tests.insert(package, executable);
            }
        }
        Message::CompilerMessage {
            manifest_path,
            target,
            mut message,
        } if message.is_error() => {
            shorten(&mut message, root);
            let is_library = target.kind.iter().any(|kind| kind == "lib");
            match package(&manifest_path, home) {
                Some(package) if is_library => {
                    built
                        .library_errors
                        .entry(package)
                        .or_default()
                        .push(message);
                }
                Some(package) => built.test_errors.entry(package).or_default().push(message),
                None => foreign.push(message.rendered.unwrap_or(message.message)),
            }
        }
        _ => {}
    }
}

/// The name of the package that a manifest in the generated workspace belongs to.
fn package(manifest: &Path, home: &Path) -> Option<String> {
    let name = manifest.parent()?.strip_prefix(home).ok()?.to_str()?;
    Some(name.to_owned())
}

/// A person wants to read `exercises/…`, not where the workshop lies.
fn shorten(message: &mut Diagnostic, root: &Path) {
    let mut prefix = root.to_string_lossy().into_owned();
    prefix.push(std::path::MAIN_SEPARATOR);
    for span in &mut message.spans {
        if let Some(short) = span.file_name.strip_prefix(&prefix) {
            span.file_name = short.to_owned();
        }
    }
    if let Some(rendered) = &mut message.rendered {
        *rendered = rendered.replace(&prefix, "");
    }
}

/// Keeps one line on the terminal up to date while cargo builds, and returns what cargo said.
fn show_progress(stderr: impl Read) -> String {
    let mut said = String::new();
    let line = style::StatusLine::shared();
    let mut part = Vec::new();
    for byte in BufReader::new(stderr).bytes().map_while(Result::ok) {
        if byte != b'\r' && byte != b'\n' {
            part.push(byte);
            continue;
        }
        let text = String::from_utf8_lossy(&part).into_owned();
        match Progress::read(&text) {
            Some(progress) => line.show(&progress.sentence()),
            None if text.trim_start().starts_with("Blocking") => {
                line.show("waiting for another cargo to finish");
            }
            None => {
                said.push_str(text.trim_end());
                said.push('\n');
            }
        }
        part.clear();
    }
    said
}

/// Cargo's own progress bar: `Building [====>    ] 12/45: serde, syn`.
#[derive(Debug, PartialEq, Eq)]
struct Progress<'t> {
    done: u32,
    all: u32,
    names: &'t str,
}

impl<'t> Progress<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let (_, rest) = text
            .trim_start()
            .strip_prefix("Building [")?
            .split_once("] ")?;
        let (counts, names) = rest.split_once(':').unwrap_or((rest, ""));
        let (done, all) = counts.trim().split_once('/')?;
        Some(Self {
            done: done.parse().ok()?,
            all: all.parse().ok()?,
            names: names.trim(),
        })
    }

    fn sentence(&self) -> String {
        format!("building {} of {}: {}", self.done, self.all, self.names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_progress_bar_is_understood() {
        for (text, expected) in [
            (
                "    Building [=====>    ] 12/45: serde, syn(build)   ",
                Some((12, 45, "serde, syn(build)")),
            ),
            ("    Building [          ] 0/6: b", Some((0, 6, "b"))),
            ("   Compiling serde v1.0.0", None),
            ("", None),
        ] {
            let found = Progress::read(text).map(|p| (p.done, p.all, p.names));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_package_is_known_by_its_place() {
        let home = Path::new("/w/target/judge");
        for (manifest, expected) in [
            ("/w/target/judge/ch01-a/Cargo.toml", Some("ch01-a")),
            ("/w/crates/explore/Cargo.toml", None),
        ] {
            assert_eq!(
                package(Path::new(manifest), home).as_deref(),
                expected,
                "{manifest}"
            );
        }
    }
}

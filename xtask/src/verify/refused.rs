//! Examples that rustc must refuse, at the line and for the reason that they state.
//!
//! A file says `// refused: E0373`, or `// refused: "some words"` for an error that has no code,
//! and marks the line with `//~`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::tally::Tally;
use crate::build;
use crate::diagnostics::Diagnostic;
use crate::manifest;
use crate::tokens;
use crate::workshop::{Chapter, Workshop, rust_files};

/// Has rustc look at each example of a chapter.
///
/// # Errors
/// When rustc or cargo cannot be started.
pub fn verify(workshop: &Workshop, chapter: &Chapter, tally: &mut Tally) -> Result<()> {
    let Some(krate) = &chapter.krate else {
        return Ok(());
    };
    let examples = rust_files(&krate.join("refused"))?;
    let scratch = workshop.scratch().join("refused");
    fs::create_dir_all(&scratch)
        .with_context(|| format!("cannot write to {}", scratch.display()))?;
    let mut externs = Externs::new(workshop, krate)?;
    for example in examples {
        let source = fs::read_to_string(&example)
            .with_context(|| format!("cannot read {}", example.display()))?;
        let found = match Expected::read(&source) {
            Err(complaint) => Err(complaint),
            Ok(expected) => {
                let libraries = externs.used_by(&source)?;
                let errors = rustc(workshop, &example, &source, &libraries, &scratch)?;
                expected.matches(&errors, &example)
            }
        };
        tally.note(&workshop.shown(&example), found);
    }
    Ok(())
}

/// The errors that rustc has, in its order.
fn rustc(
    workshop: &Workshop,
    example: &Path,
    source: &str,
    externs: &[(String, PathBuf)],
    scratch: &Path,
) -> Result<Vec<Diagnostic>> {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let is_program = tokens::tokens(source)
        .windows(2)
        .any(|two| two[0].text == "fn" && two[1].text == "main");
    let mut command = Command::new(program);
    command
        .args([
            "--edition=2024",
            "--emit=metadata",
            "--error-format=json",
            "--crate-name=refused",
        ])
        .arg(if is_program {
            "--crate-type=bin"
        } else {
            "--crate-type=lib"
        })
        .arg("--out-dir")
        .arg(scratch)
        .arg("-L")
        .arg(format!(
            "dependency={}",
            workshop.target_dir().join("debug").join("deps").display()
        ))
        .arg(example)
        .current_dir(&workshop.root)
        .stdin(Stdio::null());
    for (name, path) in externs {
        command
            .arg("--extern")
            .arg(format!("{name}={}", path.display()));
    }
    let output = command
        .output()
        .context("cannot start rustc; is Rust installed?")?;
    let errors = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter_map(|line| serde_json::from_str::<Diagnostic>(line).ok())
        .filter(Diagnostic::is_error)
        .collect();
    Ok(errors)
}

/// What an example says about itself.
#[derive(Debug, PartialEq, Eq)]
struct Expected<'s> {
    reason: Reason<'s>,
    /// Counted from 1.
    line: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Reason<'s> {
    Code(&'s str),
    Words(&'s str),
}

impl<'s> Expected<'s> {
    fn read(source: &'s str) -> Result<Self, String> {
        let reason = source
            .lines()
            .find_map(|line| line.trim().strip_prefix("// refused:"))
            .ok_or("it does not say `// refused: E…`")?
            .trim();
        let words = reason
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let reason = words.map_or(Reason::Code(reason), Reason::Words);
        let mut marked = source
            .lines()
            .zip(1..)
            .filter(|(line, _)| line.trim_end().ends_with("//~"));
        match (marked.next(), marked.next()) {
            (Some((_, line)), None) => Ok(Self { reason, line }),
            _ => Err("it does not mark one line with `//~`".to_owned()),
        }
    }

    fn matches(&self, errors: &[Diagnostic], example: &Path) -> Result<(), String> {
        let Some(first) = errors.first() else {
            return Err("rustc accepts it".to_owned());
        };
        let rendered = first.rendered.as_deref().unwrap_or(&first.message);
        let as_stated = match self.reason {
            Reason::Code(code) => first.code() == Some(code),
            Reason::Words(words) => first.message.contains(words),
        };
        let example = example.to_string_lossy();
        let seen = first.primary().and_then(|span| span.seen_in(&example));
        let line = seen.map(|span| span.line_start);
        if !as_stated {
            Err(format!("refused for another reason\n{rendered}"))
        } else if line != Some(self.line) {
            Err(format!(
                "refused at another line than {}\n{rendered}",
                self.line
            ))
        } else {
            Ok(())
        }
    }
}

/// The libraries that a chapter's examples may use: the dependencies of the chapter. They are
/// built when the first example needs one.
struct Externs<'w> {
    workshop: &'w Workshop,
    manifest: PathBuf,
    names: Vec<String>,
    built: Option<BTreeMap<String, PathBuf>>,
}

impl<'w> Externs<'w> {
    fn new(workshop: &'w Workshop, krate: &Path) -> Result<Self> {
        let manifest = krate.join("Cargo.toml");
        let names = manifest::dependency_names(&manifest)?
            .into_iter()
            .map(|name| name.replace('-', "_"))
            .collect();
        Ok(Self {
            workshop,
            manifest,
            names,
            built: None,
        })
    }

    fn used_by(&mut self, source: &str) -> Result<Vec<(String, PathBuf)>> {
        let words = tokens::tokens(source);
        let used: Vec<&String> = self
            .names
            .iter()
            .filter(|name| words.iter().any(|word| word.text == **name))
            .collect();
        if used.is_empty() {
            return Ok(Vec::new());
        }
        let built = match &mut self.built {
            Some(built) => built,
            None => self.built.insert(libraries(self.workshop, &self.manifest)?),
        };
        let find = |name: &String| Some((name.clone(), built.get(name)?.clone()));
        Ok(used.into_iter().filter_map(find).collect())
    }
}

/// Builds a package, and says where cargo has put the libraries, by their names.
fn libraries(workshop: &Workshop, manifest: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let package = manifest::package_name(manifest)?;
    let mut command = build::cargo();
    command
        .args([
            "build",
            "--lib",
            "--message-format=json",
            "--package",
            &package,
        ])
        .arg("--target-dir")
        .arg(workshop.target_dir())
        .current_dir(&workshop.root)
        .stderr(Stdio::piped());
    let output = command.output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!(
            "cannot build {package}:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let artifact = |line: &str| -> Option<(String, PathBuf)> {
        let message: Value = serde_json::from_str(line).ok()?;
        let name = message["target"]["name"].as_str()?.replace('-', "_");
        let mut files = message["filenames"]
            .as_array()?
            .iter()
            .filter_map(Value::as_str);
        let library = files.find(|file| file.ends_with(".rlib") || file.ends_with(".rmeta"))?;
        Some((name, PathBuf::from(library)))
    };
    Ok(text.lines().filter_map(artifact).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_says_why_and_where() {
        for (source, expected) in [
            (
                "// refused: E0373\nfn f() {\n    x(); //~\n}\n",
                Ok((Reason::Code("E0373"), 3)),
            ),
            (
                "// refused: \"cannot be sent\"\nx(); //~",
                Ok((Reason::Words("cannot be sent"), 2)),
            ),
            ("x(); //~", Err("refused:")),
            ("// refused: E0373\nx();", Err("//~")),
            ("// refused: E0373\nx(); //~\ny(); //~", Err("//~")),
        ] {
            match (Expected::read(source), expected) {
                (Ok(found), Ok((reason, line))) => {
                    assert_eq!((found.reason, found.line), (reason, line), "{source}");
                }
                (Err(message), Err(words)) => assert!(message.contains(words), "{message}"),
                (found, _) => panic!("{source}: {found:?}"),
            }
        }
    }
}

//! The judge: packages that compile a subject's own files against the stand-ins.
//!
//! They are generated, from one template whose subject is a path, into a workspace of their own
//! under `target/judge`. That workspace shares the target directory with the root. A file is
//! written only when its content changes, so that cargo finds nothing to rebuild.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::manifest::{Dependencies, Root, Table, inline};
use crate::style::StatusLine;
use crate::tokens;
use crate::workshop::{Chapter, Exercise, Workshop};

/// A program to judge: a library and the tests that ask about it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The name of its package in the judge; no two subjects share one.
    pub package: String,
    /// What the tests call the library.
    pub lib_name: String,
    /// The library's root file.
    pub lib: PathBuf,
    /// The name of the test target; snapshots are named after it.
    pub test_name: &'static str,
    /// The root file of the tests.
    pub test: PathBuf,
    /// The manifest that says what the library may use.
    pub manifest: PathBuf,
    /// Whether somebody works on it, so that it is built again and again.
    pub is_edited: bool,
}

impl Subject {
    /// The learner's answer to an exercise.
    pub fn stub(exercise: &Exercise) -> Self {
        Self {
            is_edited: true,
            ..Self::answer(exercise, "", exercise.lib())
        }
    }

    /// The reference solution of an exercise.
    pub fn solution(exercise: &Exercise) -> Self {
        Self::answer(exercise, "-solution", exercise.solution())
    }

    /// Another answer to an exercise: `kind` is `wrong` or `other`.
    pub fn another(exercise: &Exercise, kind: &str, lib: PathBuf) -> Self {
        let stem = lib
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let suffix = format!("-{kind}-{}", stem.unwrap_or_default());
        Self::answer(exercise, &suffix, lib)
    }

    fn answer(exercise: &Exercise, suffix: &str, lib: PathBuf) -> Self {
        Self {
            package: format!("{}-{}{suffix}", exercise.chapter, exercise.name),
            lib_name: exercise.lib_name(),
            lib,
            test_name: "grade",
            test: exercise.grade(),
            manifest: exercise.manifest(),
            is_edited: false,
        }
    }

    /// The pairs of a chapter and the checks on them; nothing where the chapter has no crate.
    pub fn chapter(chapter: &Chapter) -> Option<Self> {
        let krate = chapter.krate.as_ref()?;
        Some(Self {
            package: format!("{}-checks", chapter.dir_name),
            lib_name: chapter.dir_name.replace('-', "_"),
            lib: krate.join("src").join("lib.rs"),
            test_name: "checks",
            test: krate.join("checks").join("main.rs"),
            manifest: krate.join("Cargo.toml"),
            is_edited: true,
        })
    }

    /// The names of the tests in the root file of the tests, in order; none if it cannot be read.
    pub fn test_names(&self) -> Vec<String> {
        tokens::test_names(&fs::read_to_string(&self.test).unwrap_or_default())
    }

    /// The crates that the tests need beside the library.
    pub fn tools(&self) -> &'static [&'static str] {
        match self.test_name {
            "checks" => &["explore", "insta"],
            _ => &["explore"],
        }
    }

    /// The directory that holds the subject's files, all of which are its own.
    pub fn source_dir(&self) -> Option<&Path> {
        let dir = self.lib.parent()?;
        (self.lib.file_name()? == "lib.rs").then_some(dir)
    }
}

/// What a generated workspace is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Stand-ins under the names of the real crates, and tests.
    Judge,
    /// The real crates, and tests: for the real world.
    Real,
    /// The library alone with the real crates: does rustc accept it at all?
    Plain,
}

impl Kind {
    fn dir(self, workshop: &Workshop) -> PathBuf {
        let judge = workshop.root.join("target").join("judge");
        match self {
            Self::Judge => judge,
            Self::Real => judge.join("real"),
            Self::Plain => judge.join("plain"),
        }
    }
}

/// A generated workspace. Others who want one wait until this is dropped.
pub struct Workspace {
    /// Its manifest.
    pub manifest: PathBuf,
    _lock: fs::File,
}

/// Writes a workspace that holds these packages and no others.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    workshop: &Workshop,
    root: &Root,
    kind: Kind,
    packages: &[(&Subject, Dependencies)],
) -> Result<Workspace> {
    let dir = kind.dir(workshop);
    fs::create_dir_all(&dir).with_context(|| cannot_write(&dir))?;
    let lock = lock(&dir.join("lock"), "to finish building")?;
    let subjects = || packages.iter().map(|(subject, _)| *subject);
    let mut changed = false;
    for (subject, dependencies) in packages {
        let manifest = dir.join(&subject.package).join("Cargo.toml");
        changed |= write_if_changed(&manifest, &package(kind, subject, dependencies))?;
    }
    let manifest = dir.join("Cargo.toml");
    changed |= write_if_changed(&manifest, &workspace(subjects(), root))?;
    seed_lock(workshop, &dir, changed)?;
    Ok(Workspace {
        manifest,
        _lock: lock,
    })
}

fn workspace<'s>(subjects: impl Iterator<Item = &'s Subject>, root: &Root) -> String {
    let mut members = BTreeSet::new();
    let mut profiles = Value::from(root.profiles());
    for subject in subjects {
        members.insert(&subject.package);
        if !subject.is_edited {
            // What the compiler would remember for the next time is larger than the program.
            profiles["dev"]["package"][&subject.package] = json!({ "incremental": false });
        }
    }
    let members = inline(&json!(members));
    let profiles = inline(&profiles);
    format!("{NOTE}profile = {profiles}\n\n[workspace]\nresolver = \"3\"\nmembers = {members}\n")
}

/// The one template.
fn package(kind: Kind, subject: &Subject, dependencies: &Dependencies) -> String {
    let Subject {
        package,
        lib_name,
        lib,
        test_name,
        test,
        ..
    } = subject;
    let lib = inline(&json!(lib.to_string_lossy()));
    let mut text = format!(
        "{NOTE}[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         publish = false\n\n\
         [lib]\nname = \"{lib_name}\"\npath = {lib}\ntest = false\ndoctest = false\n"
    );
    text += &section("dependencies", &dependencies.both);
    if kind != Kind::Plain {
        let test = inline(&json!(test.to_string_lossy()));
        text += &format!("\n[[test]]\nname = \"{test_name}\"\npath = {test}\n");
        text += &section("dev-dependencies", &dependencies.tests);
    }
    text
}

fn section(name: &str, dependencies: &Table) -> String {
    let lines = dependencies
        .iter()
        .map(|(name, spec)| format!("{name} = {}\n", inline(spec)));
    format!("\n[{name}]\n{}", lines.collect::<String>())
}

/// The versions are the root's, so that crates are compiled once and nothing new is downloaded.
fn seed_lock(workshop: &Workshop, dir: &Path, changed: bool) -> Result<()> {
    let seed = match fs::read_to_string(workshop.root.join("Cargo.lock")) {
        Ok(seed) => seed,
        // Without one, cargo chooses the versions.
        Err(_) => return Ok(()),
    };
    let changed = write_if_changed(&dir.join("seed.lock"), &seed)? || changed;
    let lock = dir.join("Cargo.lock");
    if changed || !lock.is_file() {
        fs::write(&lock, seed).with_context(|| cannot_write(&lock))?;
    }
    Ok(())
}

/// Two runners at once would write over each other; the second waits for the first, and tells what
/// for. The lock is held until the file is dropped.
///
/// # Errors
/// When the file cannot be made or locked.
pub fn lock(path: &Path, what_for: &str) -> Result<fs::File> {
    let file = fs::File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path);
    let file = file.with_context(|| cannot_write(path))?;
    if file.try_lock().is_ok() {
        return Ok(file);
    }
    let line = StatusLine::shared();
    line.show(&format!("waiting for another `cargo xtask` {what_for}"));
    file.lock()
        .with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}

fn write_if_changed(path: &Path, text: &str) -> Result<bool> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(false);
    }
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).with_context(|| cannot_write(dir))?;
    }
    fs::write(path, text).with_context(|| cannot_write(path))?;
    Ok(true)
}

/// What to say where nothing can be written.
pub fn cannot_write(path: &Path) -> String {
    format!(
        "cannot write {}; is the disk full, or the directory read-only?",
        path.display()
    )
}

const NOTE: &str = "# Written by `cargo xtask`; it is written anew when something changes.\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_edited_is_compiled_bit_by_bit() {
        let root = Root::of("/workshop", "[profile.dev]\ndebug = 1\n");
        let subject = |package: &str, is_edited| Subject {
            package: package.to_owned(),
            lib_name: String::new(),
            lib: PathBuf::new(),
            test_name: "grade",
            test: PathBuf::new(),
            manifest: PathBuf::new(),
            is_edited,
        };
        let subjects = [subject("stub", true), subject("wrong", false)];
        let text = workspace(subjects.iter(), &root);
        let wrong =
            r#""dev" = { "debug" = 1, "package" = { "wrong" = { "incremental" = false } } }"#;
        assert!(text.contains(wrong), "{text}");
        assert!(text.contains(r#"members = ["stub", "wrong"]"#), "{text}");
    }
}

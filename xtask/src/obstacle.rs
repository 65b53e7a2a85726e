//! What stands between a subject and its trial.

use anyhow::Result;

use crate::build::{self, Built};
use crate::diagnostics::Diagnostic;
use crate::followable;
use crate::judge::{self, Kind, Subject};
use crate::manifest::{self, Dependencies, Root, Table, Unfollowable};
use crate::workshop::Workshop;

/// Why a subject cannot be tried.
#[derive(Clone, Debug)]
pub enum Obstacle {
    /// A file is missing.
    Missing(String),
    /// rustc refuses it; as rustc says it, with colour.
    DoesNotCompile(String),
    /// It compiles, but the tests do not fit it; as rustc says it, with colour.
    DoesNotFit(String),
    /// The grader cannot follow it.
    NotFollowable(String),
}

/// Whether a subject may go before the judge at all, and which one.
///
/// # Errors
/// When a file cannot be read.
pub fn admit(
    workshop: &Workshop,
    root: &Root,
    subject: &Subject,
) -> Result<Result<(Kind, Dependencies), Obstacle>> {
    for file in [&subject.lib, &subject.test, &subject.manifest] {
        if !file.is_file() {
            let file = workshop.shown(file);
            return Ok(Err(Obstacle::Missing(format!(
                "{file} is missing; `git restore {file}` brings it back"
            ))));
        }
    }
    if manifest::is_real(&subject.manifest)? {
        let dependencies = root.unmodelled(&subject.manifest, subject.tools())?;
        return Ok(Ok((Kind::Real, dependencies)));
    }
    let source = subject.source_dir().unwrap_or(&subject.lib);
    if let Some((file, finding)) = followable::first(source)? {
        return Ok(Err(Obstacle::NotFollowable(format!(
            "the grader cannot follow `{}` here ({}:{}). {}",
            finding.what,
            workshop.shown(&file),
            finding.line,
            finding.instead
        ))));
    }
    let dependencies = root.judged(&subject.manifest, subject.tools())?;
    let admitted = dependencies.map(|dependencies| (Kind::Judge, dependencies));
    Ok(admitted.map_err(|Unfollowable(name)| {
        Obstacle::NotFollowable(format!(
            "the grader cannot follow the crate `{name}` ({}); use the crates that came with the \
             exercise",
            workshop.shown(&subject.manifest)
        ))
    }))
}

/// Why the judge refused a subject: because rustc would do so anyway, or because a stand-in lacks
/// something that the real crate has. Each refusal comes with the index of its subject.
///
/// # Errors
/// When the runner cannot do its work.
pub fn refusals(
    workshop: &Workshop,
    root: &Root,
    subjects: &[&Subject],
    built: &Built,
) -> Result<Vec<(usize, Obstacle)>> {
    let mut refusals = Vec::new();
    let mut doubtful = Vec::new();
    for (index, subject) in subjects.iter().enumerate() {
        if let Some(errors) = built.library_errors.get(&subject.package) {
            if manifest::is_real(&subject.manifest)? {
                refusals.push((index, Obstacle::DoesNotCompile(rendered(errors))));
            } else {
                doubtful.push((index, *subject, errors));
            }
        } else if let Some(errors) = built.test_errors.get(&subject.package) {
            refusals.push((index, Obstacle::DoesNotFit(rendered(errors))));
        }
    }
    if doubtful.is_empty() {
        return Ok(refusals);
    }
    let packages = doubtful
        .iter()
        .map(|(_, subject, _)| {
            let both = root.plain(&subject.manifest)?;
            Ok((
                *subject,
                Dependencies {
                    both,
                    tests: Table::new(),
                },
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    let workspace = judge::write(workshop, root, Kind::Plain, &packages)?;
    let target_dir = workshop.target_dir();
    let plain = build::build(
        Kind::Plain,
        &workspace.manifest,
        &target_dir,
        &workshop.root,
    )?;
    for (index, subject, errors) in doubtful {
        let obstacle = match plain.library_errors.get(&subject.package) {
            Some(errors) => Obstacle::DoesNotCompile(rendered(errors)),
            None => Obstacle::NotFollowable(unfollowable(errors)),
        };
        refusals.push((index, obstacle));
    }
    Ok(refusals)
}

fn rendered(errors: &[Diagnostic]) -> String {
    let texts: Vec<&str> = errors
        .iter()
        .map(|error| error.rendered.as_deref().unwrap_or(&error.message))
        .collect();
    texts.join("\n")
}

/// A few sentences for errors that rustc reports only because of the stand-ins.
fn unfollowable(errors: &[Diagnostic]) -> String {
    // A name that is not there explains the errors that follow from it.
    let mut names: Vec<String> = errors
        .iter()
        .filter_map(|error| Some(format!("`{}` here{}", error.unknown_name()?, place(error))))
        .collect();
    names.dedup();
    match (names.is_empty(), errors.first()) {
        (false, _) => format!(
            "the grader cannot follow {}. It is fine Rust, but the grader has nothing to put in \
             its place.",
            names.join(", nor ")
        ),
        (true, Some(error)) => format!(
            "the grader cannot follow what stands here{}. It is fine Rust, but under the grader \
             it gives: {}.",
            place(error),
            error.message
        ),
        (true, None) => "the grader cannot follow this program".to_owned(),
    }
}

/// ` (src/lib.rs:12)`, or nothing.
fn place(error: &Diagnostic) -> String {
    error.primary().map_or_else(String::new, |span| {
        format!(
            " ({}:{})",
            span.file_name.replace('\\', "/"),
            span.line_start
        )
    })
}

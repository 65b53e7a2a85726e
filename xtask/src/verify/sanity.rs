//! Whether every exercise has what it needs.

use std::fs;

use anyhow::Result;

use super::tally::Tally;
use crate::hint;
use crate::manifest;
use crate::prose;
use crate::tokens;
use crate::workshop::{Chapter, Exercise, Workshop, rust_files};

const HINTS: usize = 2;
const WRONG: usize = 3;
const OTHER: usize = 1;

/// Looks at the files of each exercise.
///
/// # Errors
/// When a directory cannot be read.
pub fn verify(workshop: &Workshop, chapter: &Chapter, tally: &mut Tally) -> Result<()> {
    for exercise in &chapter.exercises {
        let selector = exercise.selector();
        tally.note(&format!("{selector}: grade.rs"), questions(exercise));
        tally.note(&format!("{selector}: hints.md"), hints(exercise));
        tally.note(&format!("{selector}: Cargo.toml"), explicit_path(exercise));
        for (kind, least) in [("wrong", WRONG), ("other", OTHER)] {
            let dir = exercise.solution_dir.join(kind);
            let found = rust_files(&dir)?.len();
            let enough = found >= least;
            let complaint = format!("{found} in {}, {least} wanted", workshop.shown(&dir));
            tally.note(
                &format!("{selector}: {kind} answers"),
                enough.then_some(()).ok_or(complaint),
            );
        }
    }
    Ok(())
}

fn questions(exercise: &Exercise) -> Result<(), String> {
    let source = fs::read_to_string(exercise.grade()).map_err(|error| error.to_string())?;
    let mut names = tokens::test_names(&source);
    let all = names.len();
    names.sort();
    names.dedup();
    match all {
        0 => Err("it asks nothing".to_owned()),
        _ if names.len() < all => Err("two properties have the same name".to_owned()),
        _ => Ok(()),
    }
}

/// When a library whose path is only implied goes missing, cargo refuses the whole workspace, and
/// the runner cannot even say so.
fn explicit_path(exercise: &Exercise) -> Result<(), String> {
    let manifest = manifest::read(&exercise.manifest()).map_err(|error| format!("{error:#}"))?;
    let path = manifest.get("lib").and_then(|lib| lib.get("path"));
    match path.and_then(|path| path.as_str()) {
        Some("src/lib.rs") => Ok(()),
        _ => Err("it does not say `path = \"src/lib.rs\"` under [lib]".to_owned()),
    }
}

fn hints(exercise: &Exercise) -> Result<(), String> {
    let text = fs::read_to_string(exercise.dir.join("hints.md")).map_err(|e| e.to_string())?;
    let found = hint::hints(&text).len();
    if found < HINTS {
        Err(format!("{}, {HINTS} wanted", prose::count(found, "hint")))
    } else {
        Ok(())
    }
}

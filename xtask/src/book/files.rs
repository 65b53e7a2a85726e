//! The files below a directory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Names that nothing depends on, wherever they are: what cargo builds, and what begins with a dot,
/// such as the half-written files of editors.
fn is_litter(name: &str) -> bool {
    name == "target" || name.starts_with('.') || name.ends_with('~')
}

/// All files below a directory, sorted, without those for whose path `skip` holds. What goes away
/// while we look was not there.
///
/// # Errors
/// When a directory cannot be looked into.
pub fn below(dir: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    add(dir, skip, &mut files)?;
    files.sort();
    Ok(files)
}

fn add(dir: &Path, skip: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) -> Result<()> {
    let context = || format!("cannot look into {}", dir.display());
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(context)?,
    };
    for entry in entries {
        let path = entry.with_context(context)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_litter(&name) || skip(&path) {
            continue;
        }
        if path.is_dir() {
            add(&path, skip, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

//! On what the word of a chapter's checks depends: the files of the chapter, the explorer and the
//! stand-ins, the versions of other crates, and the runner itself.
//!
//! What is not known to be without influence counts, so that a new crate is never forgotten.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};

use super::files;
use super::played::Played;
use crate::workshop::{Workshop, subdirectories};

/// A number for each chapter with checks, by its directory, that changes when one of its inputs
/// does.
pub type Fingerprints = BTreeMap<String, String>;

/// Crates that no check is built from.
const ASIDE: [&str; 2] = ["bookbinder", "crosscheck"];
/// Parts of a chapter that its checks are not built from; snapshots are not looked at.
const UNUSED: [&str; 3] = ["benches", "refused", "checks/snapshots"];
/// What settles how everything is built.
const SETTLED: [&str; 4] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// Looks at all inputs.
///
/// # Errors
/// When one of them cannot be read.
pub fn fingerprints(workshop: &Workshop, played: &Played) -> Result<Fingerprints> {
    let shared = shared(workshop)?;
    let mut fingerprints = Fingerprints::new();
    for chapter in &workshop.chapters {
        let Some(krate) = &chapter.krate else {
            continue;
        };
        let mut hasher = shared.clone();
        played.of(&chapter.dir_name).hash(&mut hasher);
        let unused = UNUSED.map(|part| krate.join(part));
        add_below(&mut hasher, krate, &|path| {
            unused.iter().any(|part| part == path)
        })?;
        let fingerprint = format!("{:016x}", hasher.finish());
        fingerprints.insert(chapter.dir_name.clone(), fingerprint);
    }
    Ok(fingerprints)
}

/// What all chapters depend on.
fn shared(workshop: &Workshop) -> Result<DefaultHasher> {
    let mut hasher = DefaultHasher::new();
    // The runner was built anew if the way in which it runs checks has changed, or rustc has.
    if let Ok(runner) = std::env::current_exe().and_then(fs::metadata) {
        runner.len().hash(&mut hasher);
        runner.modified().ok().hash(&mut hasher);
    }
    for name in SETTLED {
        add(&mut hasher, &workshop.root.join(name))?;
    }
    let crates = workshop.root.join("crates");
    for name in subdirectories(&crates)? {
        let is_chapter = workshop
            .chapters
            .iter()
            .any(|chapter| chapter.dir_name == name);
        if !is_chapter && !ASIDE.contains(&name.as_str()) {
            add_below(&mut hasher, &crates.join(name), &|_| false)?;
        }
    }
    Ok(hasher)
}

fn add_below(hasher: &mut DefaultHasher, dir: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<()> {
    files::below(dir, skip)?
        .iter()
        .try_for_each(|file| add(hasher, file))
}

/// A file that is not there is an input as well: it could come.
fn add(hasher: &mut DefaultHasher, file: &Path) -> Result<()> {
    let content = match fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        content => Some(content.with_context(|| format!("cannot read {}", file.display()))?),
    };
    file.hash(hasher);
    content.hash(hasher);
    Ok(())
}

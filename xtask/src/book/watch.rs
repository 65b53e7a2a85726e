//! Has somebody edited something that the book is made of?
//!
//! Files are looked at again and again, and not reported by the system: that is a few
//! milliseconds each time, and works on every system and every kind of disk.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::files;

/// What may be edited.
const EDITED: [&str; 9] = [
    "book",
    "crates",
    "exercises",
    "solutions",
    "xtask",
    "README.md",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
];
/// An editor that saves several files is given so long between two of them.
const PAUSE: Duration = Duration::from_millis(100);
/// Who saves without end is not waited for.
const PAUSES: u32 = 20;

/// The files as they were when last looked at.
pub struct Watch<'r> {
    root: &'r Path,
    seen: u64,
}

impl<'r> Watch<'r> {
    /// Takes a first look.
    pub fn new(root: &'r Path) -> Self {
        Self {
            root,
            seen: look(root),
        }
    }

    /// Whether something has changed since the last look. If so, waits until it is at rest.
    pub fn has_changed(&mut self) -> bool {
        let before = self.seen;
        self.seen = look(self.root);
        if self.seen == before {
            return false;
        }
        for _ in 0..PAUSES {
            thread::sleep(PAUSE);
            let now = look(self.root);
            if std::mem::replace(&mut self.seen, now) == now {
                break;
            }
        }
        true
    }
}

/// A number that changes when a file that may be edited comes, goes, or is written.
fn look(root: &Path) -> u64 {
    look_also(root, &[])
}

/// The same, with more files to look at.
pub fn look_also(root: &Path, more: &[&Path]) -> u64 {
    let mut hasher = DefaultHasher::new();
    more.iter().for_each(|file| add(&mut hasher, file));
    for name in EDITED {
        let path = root.join(name);
        let below = match path.is_dir() {
            // What cannot be read is told when the book is made.
            true => files::below(&path, &|_| false).unwrap_or_default(),
            false => vec![path],
        };
        below.iter().for_each(|file| add(&mut hasher, file));
    }
    hasher.finish()
}

fn add(hasher: &mut DefaultHasher, file: &Path) {
    let data = fs::metadata(file).ok();
    let data = data.map(|data| (data.len(), data.modified().ok()));
    (file, data).hash(hasher);
}

//! A copy of the miniature workshop, to be changed and built.

use std::fs;
use std::path::{Path, PathBuf};

use bookbinder::Options;

/// The page of its only chapter.
pub const CHAPTER: &str = "book/src/ch01-bank.md";

/// A copy of the miniature workshop.
pub struct Workshop {
    root: PathBuf,
}

impl Workshop {
    /// A fresh copy; each test has its own name.
    #[track_caller]
    pub fn new(name: &str) -> Workshop {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workshop");
        copy(&from, &root);
        Workshop { root }
    }

    /// Replaces a text in a file; it has to be there.
    #[track_caller]
    pub fn replace(&self, file: &str, old: &str, new: &str) -> &Workshop {
        let text = self.read(file);
        assert!(text.contains(old), "{file} has no `{old}`");
        self.write(file, &text.replace(old, new))
    }

    /// Writes a file.
    #[track_caller]
    pub fn write(&self, file: &str, text: &str) -> &Workshop {
        self.write_bytes(file, text.as_bytes())
    }

    /// Writes a file that need not be a text.
    #[track_caller]
    pub fn write_bytes(&self, file: &str, bytes: &[u8]) -> &Workshop {
        fs::write(self.root.join(file), bytes).unwrap();
        self
    }

    /// Removes a file.
    #[track_caller]
    pub fn remove(&self, file: &str) -> &Workshop {
        fs::remove_file(self.root.join(file)).unwrap();
        self
    }

    /// Reads a file.
    #[track_caller]
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).unwrap()
    }

    /// Builds the book and returns what is wrong with it.
    #[track_caller]
    pub fn build(&self) -> Vec<String> {
        self.try_build().unwrap()
    }

    /// Builds the book and returns what is wrong with it, or why it cannot be built at all.
    pub fn try_build(&self) -> Result<Vec<String>, String> {
        let options = Options {
            root: self.root.clone(),
            evidence: self.root.join("evidence.json"),
            out: self.root.join("out"),
        };
        let problems = bookbinder::build(&options).map_err(|error| format!("{error:#}"))?;
        Ok(problems.iter().map(ToString::to_string).collect())
    }

    /// Builds the book, which has to be right, and returns a page of it.
    #[track_caller]
    pub fn page(&self, name: &str) -> String {
        assert_eq!(self.build(), Vec::<String>::new());
        self.read(&format!("out/{name}"))
    }

    /// The line of a file that has this text, counted from 1.
    #[track_caller]
    pub fn line(&self, file: &str, text: &str) -> usize {
        let all = self.read(file);
        let line = all.lines().position(|line| line.contains(text));
        line.unwrap_or_else(|| panic!("{file} has no `{text}`")) + 1
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

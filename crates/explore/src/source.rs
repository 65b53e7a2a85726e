//! The program's own text: lines for the picture, and names for what it shares.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::naming::{Name, name_at};

/// Source files, read once.
#[derive(Default)]
pub(crate) struct Sources {
    files: HashMap<String, Rc<[String]>>,
}

/// A place in a source file.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub file: String,
    pub line: u32,
    column: u32,
}

impl Spot {
    /// The spot of a caller.
    pub fn of(location: &Location<'_>) -> Self {
        Spot {
            file: location.file().to_owned(),
            line: location.line(),
            column: location.column(),
        }
    }

    /// The line at which the destructor that runs now was called: the end of a scope, mostly.
    /// A destructor cannot be `#[track_caller]`, so this reads the stack; it is slow, and only
    /// for runs that are recorded.
    pub fn of_destructor() -> Option<Self> {
        let stack = std::backtrace::Backtrace::force_capture().to_string();
        let frames = stack
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("at "));
        frames.filter_map(Spot::parse).find(Spot::is_own)
    }

    /// Reads `./src/lib.rs:6:1`.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        let file = parts.next()?;
        let file = match file.strip_prefix("./") {
            Some(relative) => std::env::current_dir()
                .ok()?
                .join(relative)
                .to_str()?
                .to_owned(),
            None => file.to_owned(),
        };
        Some(Spot { file, line, column })
    }

    /// Whether it belongs to the program rather than to a library, a stand-in or the system.
    pub fn is_own(&self) -> bool {
        let foreign = [
            "/rustc/",
            "/stand-ins/",
            "/.cargo/registry/",
            "crates/explore/src/",
        ];
        let is_rust = self.file.ends_with(".rs");
        // The tests of a stand-in are programs like any other.
        is_rust
            && (self.file.contains("/tests/")
                || !foreign.iter().any(|part| self.file.contains(part)))
    }
}

impl Sources {
    /// A line as a reader sees it.
    pub fn place(&mut self, spot: &Spot) -> timeline::Place {
        timeline::Place {
            file: shorten(&spot.file),
            line: spot.line,
            source: self.line(spot).trim().to_owned(),
        }
    }

    /// What the program calls the object that is made at `spot`.
    pub fn name_of(&mut self, spot: &Spot) -> Option<Name> {
        let lines = self.lines(&spot.file);
        name_at(
            lines,
            spot.line.checked_sub(1)? as usize,
            spot.column as usize - 1,
        )
    }

    fn line(&mut self, spot: &Spot) -> &str {
        let index = (spot.line as usize).checked_sub(1);
        let line = index.and_then(|index| self.lines(&spot.file).get(index));
        line.map_or("", String::as_str)
    }

    fn lines(&mut self, file: &str) -> &[String] {
        if !self.files.contains_key(file) {
            self.files.insert(file.to_owned(), read(file));
        }
        &self.files[file]
    }
}

/// The lines of a file. It is read once in a trial, which may draw many runs.
fn read(file: &str) -> Rc<[String]> {
    thread_local! {
        static READ: RefCell<HashMap<String, Rc<[String]>>> = RefCell::default();
    }
    let known = READ.with_borrow(|read| read.get(file).cloned());
    known.unwrap_or_else(|| {
        let lines = read_anew(file);
        READ.with_borrow_mut(|read| read.insert(file.to_owned(), lines.clone()));
        lines
    })
}

fn read_anew(file: &str) -> Rc<[String]> {
    let candidates = [PathBuf::from(file), root().join(file)];
    let text = candidates
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok());
    let text = text.unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn shorten(file: &str) -> String {
    let path = Path::new(file);
    let short = path.strip_prefix(root()).unwrap_or(path);
    let mut parts: Vec<_> = Vec::new();
    for part in short.components() {
        match part {
            std::path::Component::ParentDir => drop(parts.pop()),
            std::path::Component::CurDir => {}
            other => parts.push(other.as_os_str().to_string_lossy()),
        }
    }
    parts.join("/").replace("//", "/")
}

/// The root of the workshop, as the runner says; otherwise the directory of this run.
fn root() -> PathBuf {
    let given = std::env::var_os("INSTA_WORKSPACE_ROOT").map(PathBuf::from);
    given.unwrap_or_else(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.ancestors().nth(2).unwrap_or(here).to_path_buf()
    })
}

#[cfg(test)]
mod tests {
    use super::Spot;

    #[test]
    fn only_lines_of_rust_outside_of_libraries_are_the_programs_own() {
        for (file, own) in [
            ("crates/ch04-select/src/half_read/broken.rs", true),
            ("crates/stand-ins/model-tokio/tests/select.rs", true),
            ("crates/stand-ins/model-tokio/src/leaf.rs", false),
            ("/rustc/4a4ef493e3/library/core/src/task.rs", false),
            ("./nptl/pthread_create.c", false),
        ] {
            let spot = Spot::parse(&format!("{file}:1:1")).expect("a line and a column");
            assert_eq!(spot.is_own(), own, "{file}");
        }
    }
}

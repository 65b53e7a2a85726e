//! The program's own text: lines for the picture, and names for what it shares.

use std::collections::HashMap;
use std::panic::Location;
use std::path::{Path, PathBuf};

/// Source files, read once.
#[derive(Default)]
pub(crate) struct Sources {
    files: HashMap<String, Vec<String>>,
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

    /// Whether it belongs to the program rather than to a library or a stand-in.
    pub fn is_own(&self) -> bool {
        let foreign = [
            "/rustc/",
            "/stand-ins/model-",
            "/.cargo/registry/",
            "crates/explore/src/",
        ];
        // The tests of a stand-in are programs like any other.
        self.file.contains("/tests/") || !foreign.iter().any(|part| self.file.contains(part))
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

    /// What the program calls the object that is made at `place`: the variable, field or constant
    /// that the line binds. Nothing where the line shows none.
    pub fn name_of(&mut self, spot: &Spot) -> Option<String> {
        let line = self.line(spot).to_owned();
        let before = line.get(..spot.column as usize - 1).unwrap_or(&line);
        name_before(before).or_else(|| {
            // `Self(Mutex::new(0))` and long lines that rustfmt has broken: look one line up.
            let above = self.nth(&spot.file, spot.line.checked_sub(1)?)?;
            let opens = above.trim_end().ends_with(['(', '=', ':', '{']);
            opens.then(|| name_before(above)).flatten()
        })
    }

    fn line(&mut self, spot: &Spot) -> &str {
        self.nth(&spot.file, spot.line).unwrap_or("")
    }

    fn nth(&mut self, file: &str, line: u32) -> Option<&str> {
        if !self.files.contains_key(file) {
            self.files.insert(file.to_owned(), read(file));
        }
        let lines = self.files.get(file)?;
        let index = (line as usize).checked_sub(1)?;
        lines.get(index).map(String::as_str)
    }
}

/// The last name that `text` binds: in `let jobs = Arc::new(` that is `jobs`.
fn name_before(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let binds = |at: usize| {
        let (before, after) = (at.checked_sub(1).map(|i| bytes[i]), bytes.get(at + 1));
        match bytes[at] {
            b'=' => after != Some(&b'=') && after != Some(&b'>') && before != Some(b'='),
            b':' => after != Some(&b':') && before != Some(b':'),
            _ => false,
        }
    };
    let at = (0..bytes.len()).rev().find(|&at| binds(at))?;
    let mut head = text[..at].trim_end();
    if bytes[at] == b'=' {
        // `let jobs: Vec<Job> = …`: the name stands before the type.
        let colon = (0..head.len()).find(|&i| binds(i) && bytes[i] == b':');
        head = colon.map_or(head, |i| text[..i].trim_end());
    }
    // `let (results, receiver) = channel()`: both halves name it; the first will do.
    let pair = head
        .strip_suffix(')')
        .map(|pair| pair.rsplit('(').next().unwrap_or(pair));
    let head = match pair {
        Some(pair) => pair.split(',').next()?.trim(),
        None => head,
    };
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let start = head.rfind(|c| !word(c)).map_or(0, |i| {
        i + head[i..].chars().next().map_or(1, char::len_utf8)
    });
    let name = &head[start..];
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let keyword = matches!(name, "let" | "mut" | "static" | "const" | "_" | "ref");
    (is_name && !keyword).then(|| name.to_owned())
}

fn read(file: &str) -> Vec<String> {
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
    use super::name_before;

    #[test]
    fn names_are_read_off_the_line() {
        let cases = [
            ("    let jobs = Arc::new(", Some("jobs")),
            ("    let mut hits = ", Some("hits")),
            ("    balance: ", Some("balance")),
            ("    Account { id, balance: ", Some("balance")),
            ("    let total: Arc<Mutex<u64>> = Arc::new(", Some("total")),
            ("    let (results, receiver) = ", Some("results")),
            (
                "    let (tx, rx): (Sender<u8>, Receiver<u8>) = ",
                Some("tx"),
            ),
            ("    self.ready = ", Some("ready")),
            ("static HITS: AtomicU64 = ", Some("HITS")),
            ("    Self(", None),
            ("    if a == b { ", None),
            ("    vec![std::sync::", None),
        ];
        for (text, name) in cases {
            assert_eq!(name_before(text).as_deref(), name, "{text}");
        }
    }
}

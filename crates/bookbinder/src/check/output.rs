//! The files that mdBook has written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use super::html::Document;

/// The files of a book that is ready to be read.
#[derive(Debug, Default)]
pub struct Output {
    /// The pages, by their path from the root.
    pub pages: BTreeMap<String, Document>,
    /// Style sheets and scripts.
    pub texts: BTreeMap<String, String>,
    /// Every file.
    pub files: BTreeSet<String>,
}

impl Output {
    /// Reads the output in a directory.
    ///
    /// # Errors
    /// With the file that cannot be read.
    pub fn read(dir: &Path) -> Result<Self, String> {
        let mut output = Self::default();
        let mut pages = Vec::new();
        let mut left = vec![dir.to_owned()];
        while let Some(next) = left.pop() {
            let entries = fs::read_dir(&next);
            let entries = entries.map_err(|e| format!("cannot read {}: {e}", next.display()))?;
            for entry in entries {
                let path = entry.map_err(|e| e.to_string())?.path();
                if path.is_dir() {
                    left.push(path);
                    continue;
                }
                let from_root = path.strip_prefix(dir).unwrap_or(&path);
                let name = from_root.to_string_lossy().replace('\\', "/");
                let read = is_text(&name).then(|| fs::read_to_string(&path));
                let read = read.transpose();
                let text = read.map_err(|e| format!("cannot read {}: {e}", path.display()))?;
                match text {
                    Some(text) if name.ends_with(".html") => {
                        output.files.insert(name.clone());
                        pages.push((name, text));
                    }
                    text => output.add(name, text),
                }
            }
        }
        output.pages = parsed(pages);
        match output.pages.is_empty() {
            true => Err("there is no page of HTML in it: has the book been built?".to_owned()),
            false => Ok(output),
        }
    }

    fn add(&mut self, name: String, text: Option<String>) {
        if let Some(text) = text {
            if name.ends_with(".html") {
                self.pages.insert(name.clone(), Document::parse(&text));
            } else {
                self.texts.insert(name.clone(), text);
            }
        }
        self.files.insert(name);
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut output = Self::default();
        for (name, text) in files {
            output.add(
                (*name).to_owned(),
                is_text(name).then(|| (*text).to_owned()),
            );
        }
        output
    }
}

/// Parses pages on all cores. The page with all pages in it takes as long as the others together,
/// so the longest begin.
fn parsed(mut pages: Vec<(String, String)>) -> BTreeMap<String, Document> {
    pages.sort_by_key(|(_, text)| text.len());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (left, parsed) = (Mutex::new(pages), Mutex::new(BTreeMap::new()));
    let next = || left.lock().ok()?.pop();
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some((name, text)) = next() {
                    let page = Document::parse(&text);
                    if let Ok(mut parsed) = parsed.lock() {
                        parsed.insert(name, page);
                    }
                }
            });
        }
    });
    parsed.into_inner().unwrap_or_default()
}

fn is_text(name: &str) -> bool {
    [".html", ".css", ".js", ".mjs"]
        .iter()
        .any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_without_a_page_is_no_book() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let error = Output::read(&here).expect_err("no book");
        assert!(error.contains("has the book been built"), "{error}");
        assert!(Output::read(Path::new("/no/such/directory")).is_err());
    }
}

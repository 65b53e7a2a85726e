//! From a file of the output back to the file that it was made from.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Finding, PRINT};
use crate::page::Page;

/// The pages, and the directory of the book with its theme and assets.
pub struct Sources<'a> {
    pages: &'a [Page],
    /// Style sheets and scripts of ours: the name without directories, and the file.
    assets: Vec<(String, PathBuf)>,
    book: PathBuf,
}

impl<'a> Sources<'a> {
    /// The pages of a book, and whatever of its style sheets and scripts is in `book`.
    pub fn new(pages: &'a [Page], book: &Path) -> Self {
        let mut assets = Vec::new();
        let mut left = vec![book.join("theme"), book.join("assets"), book.join("src")];
        while let Some(dir) = left.pop() {
            // A book need not have a theme.
            for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    left.push(path);
                } else if let Some(name) = path.file_name() {
                    assets.push((name.to_string_lossy().into_owned(), path));
                }
            }
        }
        Self {
            pages,
            assets,
            book: book.to_owned(),
        }
    }

    /// The file and the line, or 0, that a finding comes from.
    pub fn place(&self, finding: &Finding) -> (String, usize) {
        let page = |path: &str| self.pages.iter().find(|page| page.path == path);
        let stem = finding.file.trim_end_matches(".html");
        // mdBook writes README.md as index.html.
        let readme = stem
            .strip_suffix("index")
            .map(|dir| format!("{dir}README.md"));
        let page = page(&format!("{stem}.md")).or_else(|| page(readme.as_deref()?));
        let trace = finding.trace.as_deref();
        match page {
            Some(page) => {
                let lines = || page.lines.iter().map(String::as_str);
                (
                    page.file(),
                    trace.map_or(0, |trace| line_with(lines(), trace)),
                )
            }
            None if finding.file == PRINT => self.in_any_page(finding),
            None => self.asset(finding),
        }
    }

    /// print.html holds every page.
    fn in_any_page(&self, finding: &Finding) -> (String, usize) {
        let trace = finding.trace.as_deref().unwrap_or("\n");
        let mut pages = self.pages.iter();
        let place = pages.find_map(|page| {
            let line = line_with(page.lines.iter().map(String::as_str), trace);
            (line > 0).then(|| (page.file(), line))
        });
        place.unwrap_or_else(|| (finding.file.clone(), finding.line))
    }

    fn asset(&self, finding: &Finding) -> (String, usize) {
        let name = finding.file.rsplit('/').next().unwrap_or_default();
        let plain = without_hash(name);
        let mut assets = self.assets.iter();
        let Some((_, path)) = assets.find(|(asset, _)| *asset == name || *asset == plain) else {
            return (finding.file.clone(), finding.line);
        };
        let book = self.book.parent().unwrap_or(&self.book);
        let file = path.strip_prefix(book).unwrap_or(path);
        let file = file.to_string_lossy().replace('\\', "/");
        (file, finding.line)
    }
}

/// The line that holds `trace`, counted from 1; 0 if there is none. One that holds it as a link
/// comes before one that holds it anyhow, such as the heading with that id.
fn line_with<'a>(lines: impl Iterator<Item = &'a str> + Clone, trace: &str) -> usize {
    let links = |line: &str| {
        let mut targets = line.split("](").skip(1);
        targets.any(|target| {
            let target = target.split(')').next().unwrap_or(target);
            let (before, behind) = target.split_once(trace).unwrap_or((target, "-"));
            let word = |c: char| c.is_alphanumeric() || "-_".contains(c);
            !behind.starts_with(word) && (trace.starts_with('#') || !before.ends_with(word))
        })
    };
    lines
        .clone()
        .position(links)
        .or_else(|| lines.clone().position(|line| line.contains(trace)))
        .map_or(0, |at| at + 1)
}

/// mdBook puts a hash into the names of what it copies: `general-2459343d.css`.
fn without_hash(name: &str) -> String {
    let Some((stem, end)) = name.rsplit_once('.') else {
        return name.to_owned();
    };
    match stem.rsplit_once('-') {
        Some((plain, hash)) if hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            format!("{plain}.{end}")
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;

    fn page(path: &str, text: &str) -> Page {
        Page::parse(path, "", text, &mut Problems::default())
    }

    fn place(file: &str, trace: Option<&str>) -> (String, usize) {
        let pages = [
            page("README.md", "# Read this first\n\n[x](no.md)\n"),
            page(
                "reference/guides.md",
                "# Guides\n\nsee [it](../ch11.md#lost)\n",
            ),
            page(
                "ch02.md",
                "# Two\n## Lost {#lost}\n[x](ch11.md#lost-too)\n[x](ch11.md#lost)\n",
            ),
        ];
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sources = Sources::new(&pages, here);
        sources.place(&Finding {
            file: file.to_owned(),
            line: 99,
            what: String::new(),
            trace: trace.map(str::to_owned),
        })
    }

    #[test]
    fn a_finding_is_placed_in_its_source() {
        let placed = |file, trace| {
            let (file, line) = place(file, trace);
            format!("{file}:{line}")
        };
        let guides = "book/src/reference/guides.md";
        assert_eq!(
            placed("reference/guides.html", Some("#lost")),
            format!("{guides}:3")
        );
        assert_eq!(
            placed("reference/guides.html", Some("#gone")),
            format!("{guides}:0")
        );
        assert_eq!(placed("reference/guides.html", None), format!("{guides}:0"));
        assert_eq!(
            placed("ch02.html", Some("#lost")),
            "book/src/ch02.md:4",
            "not the heading, nor a longer id"
        );
        assert_eq!(placed("index.html", Some("no")), "book/src/README.md:3");
        assert_eq!(placed("print.html", Some("#lost")), format!("{guides}:3"));
        assert_eq!(placed("print.html", Some("#gone")), "print.html:99");
        assert_eq!(
            placed("css/general-2459343d.css", None),
            "css/general-2459343d.css:99"
        );
    }

    #[test]
    fn a_file_of_ours_is_known_behind_its_hash() {
        let (file, line) = place("sources-0123abcd.rs", None);
        assert!(file.ends_with("bookbinder/src/check/sources.rs"), "{file}");
        assert_eq!(line, 99);
    }
}

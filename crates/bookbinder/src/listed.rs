//! What mdBook stops at without a place: pages, style sheets and scripts that are listed and are
//! not there.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use mdbook_driver::config::Config;
use percent_encoding::percent_decode_str;

use crate::problem::Problems;

const SUMMARY: &str = "SUMMARY.md";

/// Looks at each file that `SUMMARY.md` and `book.toml` name. `book` is the directory of the book.
pub fn check(book: &Path, config: &Config, problems: &mut Problems) {
    let src = book.join("src");
    let Some(summary) = text(&src.join(SUMMARY), &source(SUMMARY), problems) else {
        return;
    };
    let mut listed: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in (1..).zip(summary.lines()) {
        let Some(page) = target(line) else { continue };
        let mut wrong = |what: String| problems.add(source(SUMMARY), number, what);
        if page.is_empty() {
            wrong("this entry has no page yet: write one, or leave it out".to_owned());
        } else if page.starts_with('/') || page.split('/').any(|part| part == "..") {
            wrong(format!("`{page}` leads out of book/src"));
        } else if let Some(first) = listed.get(&page) {
            wrong(format!("{page} is listed already, at line {first}"));
        } else {
            if !src.join(&page).is_file() {
                wrong(format!(
                    "there is no book/src/{page}: write it, or leave it out here"
                ));
            } else {
                text(&src.join(&page), &source(&page), problems);
            }
            listed.insert(page, number);
        }
    }
    if listed.is_empty() {
        problems.add(source(SUMMARY), 0, "it lists no page: `- [Title](page.md)`");
    }
    assets(book, config, problems);
}

fn source(page: &str) -> String {
    format!("book/src/{page}")
}

/// The path in `[Title](path)`, as it is on the disk.
fn target(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("](")?;
    let rest = rest.trim_end().strip_suffix(')')?;
    let path = rest.trim_start_matches('<').trim_end_matches('>');
    Some(percent_decode_str(path).decode_utf8_lossy().into_owned())
}

/// A text, if it is one.
fn text(path: &Path, name: &str, problems: &mut Problems) -> Option<String> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            problems.add(name, 0, "it is missing; `git restore book` brings it back");
            return None;
        }
        Err(error) => {
            problems.add(name, 0, format!("cannot read it: {error}"));
            return None;
        }
    };
    String::from_utf8(bytes)
        .map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|&&byte| byte == b'\n').count() + 1;
            let what = "this line is not UTF-8: save the file in that encoding";
            problems.add(name, line, what);
        })
        .ok()
}

/// The style sheets and scripts of the book.
fn assets(book: &Path, config: &Config, problems: &mut Problems) {
    let toml = fs::read_to_string(book.join("book.toml")).unwrap_or_default();
    for key in ["additional-css", "additional-js"] {
        let named = config.get::<Vec<String>>(&format!("output.html.{key}"));
        for asset in named.ok().flatten().unwrap_or_default() {
            if !book.join(&asset).is_file() {
                let line = toml.lines().position(|line| line.contains(&asset));
                let what = format!("{key}: there is no book/{asset}");
                problems.add("book/book.toml", line.map_or(0, |at| at + 1), what);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_names_its_page() {
        for (line, page) in [
            ("- [One](ch01-bank.md)", Some("ch01-bank.md")),
            ("[Read this](README.md)  ", Some("README.md")),
            ("- [Two](<a b.md>)", Some("a b.md")),
            ("  - [Three](a%20b.md)", Some("a b.md")),
            ("- [Later]()", Some("")),
            ("# Chapters", None),
        ] {
            assert_eq!(target(line).as_deref(), page, "{line}");
        }
    }
}

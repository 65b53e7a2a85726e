//! Parts of Rust files: whole files without their header, items by name, what stands between two
//! anchors, and the functions around a line.

mod anchors;
mod items;

use anyhow::{Result, bail};

pub use items::{Item, functions, items};

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extract {
    /// The line of the file that it begins with, counted from 1.
    pub first: usize,
    /// Its lines, without indentation that all of them share.
    pub text: String,
}

impl Extract {
    /// The line of the file that it ends with.
    #[must_use]
    pub fn last(&self) -> usize {
        self.first + self.text.lines().count().max(1) - 1
    }
}

/// The documentation at the head of a file: its `//!` lines without the marks.
#[must_use]
pub fn documentation(source: &str) -> String {
    source
        .lines()
        .skip_while(|line| line.trim().is_empty())
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect()
}

/// The whole file without the documentation at its head, and without marks of anchors.
#[must_use]
pub fn program(source: &str) -> Extract {
    let header = |line: &&str| line.starts_with("//!") || line.trim().is_empty();
    let header = source.lines().take_while(header).count();
    let lines = source.lines().skip(header);
    let lines: Vec<&str> = lines.filter(|line| !anchors::is_mark(line)).collect();
    Extract {
        first: header + 1,
        text: format!("{}\n", lines.join("\n").trim_end()),
    }
}

/// The part of a file that has this name: an anchor or an item.
///
/// # Errors
/// When there is none, or more than one.
pub fn named(source: &str, name: &str) -> Result<Extract> {
    let anchor = anchors::find(source, name)?;
    let mut found: Vec<(usize, usize)> = Vec::new();
    // A file with anchors need not be one that syn can read.
    match items(source) {
        Ok(items) => found.extend(items.iter().filter(|i| i.name == name).map(|i| i.lines)),
        Err(error) if anchor.is_none() => return Err(error),
        Err(_) => {}
    }
    found.extend(anchor);
    match found[..] {
        [(first, last)] => Ok(cut(source, first, last)),
        [] => bail!("no item or anchor `{name}`{}", there_is(source)),
        _ => {
            let lines: Vec<String> = found.iter().map(|(first, _)| first.to_string()).collect();
            bail!(
                "`{name}` stands for {} items, at the lines {}; put it between `// ANCHOR: …` and \
                 `// ANCHOR_END: …`",
                found.len(),
                lines.join(", ")
            )
        }
    }
}

fn there_is(source: &str) -> String {
    let names: Vec<String> = items(source)
        .map(|items| items.into_iter().map(|item| item.name).collect())
        .unwrap_or_default();
    if names.is_empty() {
        return String::new();
    }
    format!("; there is {}", names.join(", "))
}

/// The lines `first..=last`, moved to the left as far as all of them can be.
fn cut(source: &str, first: usize, last: usize) -> Extract {
    let lines = source.lines().skip(first - 1).take(last + 1 - first);
    let lines: Vec<&str> = lines.filter(|line| !anchors::is_mark(line)).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let text = lines.iter().filter(|line| !line.trim().is_empty());
    let indent = text.map(indent).min().unwrap_or(0);
    let text = lines
        .iter()
        .map(|l| format!("{}\n", l.get(indent..).unwrap_or("")));
    Extract {
        first,
        text: text.collect(),
    }
}

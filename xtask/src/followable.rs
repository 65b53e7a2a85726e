//! What a grader cannot follow although it compiles: ways round the stand-ins.
//!
//! The judge renames crates, so that what a stand-in lacks does not compile. A few things do not
//! go through a renamed crate at all. A program that uses them would be graded as if it did not,
//! so it is not graded.

mod table;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::tokens::{Token, tokens};
use crate::workshop::{rust_files, subdirectories};

/// A thing that cannot be followed, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// As in the program.
    pub what: &'static str,
    /// Counted from 1.
    pub line: usize,
    /// What to do instead.
    pub instead: &'static str,
}

/// The first finding in a file, or in any file of a directory.
///
/// # Errors
/// When a file cannot be read.
pub fn first(file_or_dir: &Path) -> Result<Option<(PathBuf, Finding)>> {
    for file in files(file_or_dir)? {
        let source = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if let Some(finding) = in_source(&String::from_utf8_lossy(&source)) {
            return Ok(Some((file, finding)));
        }
    }
    Ok(None)
}

fn files(file_or_dir: &Path) -> Result<Vec<PathBuf>> {
    if file_or_dir.is_file() {
        return Ok(vec![file_or_dir.to_owned()]);
    }
    let mut files = rust_files(file_or_dir)?;
    for dir in subdirectories(file_or_dir)? {
        files.extend(self::files(&file_or_dir.join(dir))?);
    }
    Ok(files)
}

/// The first finding in source text.
pub fn in_source(source: &str) -> Option<Finding> {
    let tokens = tokens(source);
    let rules: Vec<(Vec<Token>, &table::Rule)> = table::RULES
        .iter()
        .map(|rule| (self::tokens(rule.what), rule))
        .collect();
    (0..tokens.len()).find_map(|at| {
        let (_, rule) = rules
            .iter()
            .find(|(pattern, _)| begins_with(&tokens[at..], pattern))?;
        Some(Finding {
            what: rule.what,
            line: tokens[at].line,
            instead: rule.instead,
        })
    })
}

fn begins_with(tokens: &[Token], pattern: &[Token]) -> bool {
    tokens.len() >= pattern.len()
        && tokens
            .iter()
            .zip(pattern)
            .all(|(token, wanted)| token.text == wanted.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_finds_what_it_names() {
        for rule in table::RULES {
            let source = format!("fn f() {{\n    {} (x);\n}}\n", rule.what);
            let found = in_source(&source).expect(rule.what);
            assert_eq!((found.what, found.line), (rule.what, 2), "{source}");
            assert!(rule.instead.ends_with('.'), "{}: not a sentence", rule.what);
        }
    }

    #[test]
    fn spacing_does_not_hide_anything() {
        for source in [
            "Arc :: strong_count(&a)",
            "Arc::/* */strong_count(&a)",
            "Arc::\nstrong_count(&a)",
        ] {
            assert!(in_source(source).is_some(), "{source}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_fine() {
        for source in [
            "// Arc::strong_count(&a)",
            "/* thread_local! */",
            "println!(\"Arc::strong_count\")",
            "let count = m.into_inner().unwrap();",
            "map.get_mut(&key)",
            "tokio::task_local! { static X: u8; }",
            "fn include(x: u8) {}",
            "Mutex::into_inner(m)",
            "let extern_crate = 1;",
        ] {
            assert_eq!(in_source(source), None, "{source}");
        }
    }
}

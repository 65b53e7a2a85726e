//! The coverage ledger: which row of the source material is taught where.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::tally::Tally;
use crate::demo;
use crate::manifest::{self, Table};
use crate::prose;
use crate::workshop::Workshop;

/// Looks whether every target exists, and whether every row is there that a pair says it covers.
///
/// # Errors
/// When a chapter cannot be read. A ledger that cannot be read is a complaint.
pub fn verify(workshop: &Workshop, tally: &mut Tally) -> Result<()> {
    tally.section("coverage ledger");
    let ledger = match manifest::read(&workshop.root.join("book").join("coverage.toml")) {
        Ok(ledger) => ledger,
        Err(error) => {
            tally.note("book/coverage.toml", Err(format!("{error:#}")));
            return Ok(());
        }
    };
    for (row, targets) in &ledger {
        let found = if is_row(row) {
            targets_exist(workshop, targets)
        } else {
            Err("not a row of an inventory, such as a:S12 or b:project-C9".to_owned())
        };
        tally.note(&format!("book/coverage.toml: {row}"), found);
    }
    for krate in workshop.chapters.iter().filter_map(|c| c.krate.as_ref()) {
        for pair in demo::pairs(krate)? {
            let pair = krate.join("src").join(pair);
            let found = is_entered(&ledger, &pair, &workshop.shown(&pair))?;
            tally.note(&workshop.shown(&pair), found);
        }
    }
    Ok(())
}

/// Whether the ledger has every row that a pair claims at the end of its explanation.
fn is_entered(ledger: &Table, pair: &Path, shown: &str) -> Result<Result<(), String>> {
    let path = pair.join("mod.rs");
    let source =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let claimed = claimed(&prose::inner_doc(&source));
    if claimed.is_empty() {
        return Ok(Err("its mod.rs does not say `//! Covers: …`".to_owned()));
    }
    let missing: Vec<String> = claimed
        .into_iter()
        .filter(|row| {
            let targets = ledger.get(row).and_then(Value::as_array);
            !targets.is_some_and(|targets| targets.iter().any(|target| target == shown))
        })
        .collect();
    Ok(match missing.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "it covers {}, and book/coverage.toml does not say so",
            missing.join(", ")
        )),
    })
}

/// The rows in the paragraph that begins with `Covers:`.
fn claimed(doc: &str) -> Vec<String> {
    let paragraphs = doc.split("\n\n");
    let rows = paragraphs.filter_map(|text| text.trim().strip_prefix("Covers:"));
    rows.flat_map(|rows| rows.split(','))
        .map(|row| row.trim().trim_end_matches('.').to_owned())
        .collect()
}

fn targets_exist(workshop: &Workshop, targets: &Value) -> Result<(), String> {
    let targets = targets.as_array().filter(|targets| !targets.is_empty());
    let Some(targets) = targets else {
        return Err("not a list of paths".to_owned());
    };
    for target in targets {
        let Some(target) = target.as_str() else {
            return Err(format!("{target} is no path"));
        };
        let path = target.split('#').next().unwrap_or(target);
        if !workshop.root.join(path).exists() {
            return Err(format!("{path} does not exist"));
        }
    }
    Ok(())
}

/// An inventory's letter, a kind of row, a number, perhaps a letter: `a:S12`, `b:C-7`, `a:P7b`.
fn is_row(text: &str) -> bool {
    let Some((inventory, row)) = text.split_once(':') else {
        return false;
    };
    let number = ["project-C", "C-", "C", "S", "P", "E"]
        .iter()
        .find_map(|kind| row.strip_prefix(kind))
        .map(|number| number.trim_end_matches(|c: char| c.is_ascii_lowercase()));
    matches!(inventory, "a" | "b" | "c")
        && number.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_says_what_it_covers() {
        let doc = "It breaks.\n\nCovers: a:P1, c:S2,\nb:C-3.\n";
        assert_eq!(claimed(doc), ["a:P1", "c:S2", "b:C-3"]);
        assert!(claimed("It breaks.\n").is_empty());
    }

    #[test]
    fn a_row_has_an_inventory_a_kind_and_a_number() {
        for (text, good) in [
            ("a:S12", true),
            ("b:project-C9", true),
            ("b:C-7", true),
            ("a:P7b", true),
            ("c:E41", true),
            ("d:S1", false),
            ("a:S", false),
            ("a:X1", false),
            ("S1", false),
            ("a:S1-2", false),
        ] {
            assert_eq!(is_row(text), good, "{text}");
        }
    }
}

//! The coverage ledger: which row of the source material is taught where.

use anyhow::Result;
use serde_json::Value;

use super::tally::Tally;
use crate::manifest;
use crate::workshop::Workshop;

/// Looks whether every target exists.
///
/// # Errors
/// Never: a ledger that cannot be read is a complaint.
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
    Ok(())
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

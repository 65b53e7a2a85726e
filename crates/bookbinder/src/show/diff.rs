//! From broken to fixed.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use similar::{ChangeTag, TextDiff};

use crate::evidence::Evidence;
use crate::html;
use crate::rust;
use crate::workshop::{Pair, Version, Workshop};

/// How many lines are shown around a change.
const AROUND: usize = 3;

/// The difference between the programs of a pair, and that the fixed one holds.
pub fn diff(workshop: &Workshop, evidence: &Evidence, pair: &Pair) -> Result<String> {
    let finding = evidence.finding(pair, Version::Fixed)?;
    let broken = rust::program(&workshop.read(&pair.file(Version::Broken))?);
    let fixed = rust::program(&workshop.read(&pair.file(Version::Fixed))?);
    if broken.text == fixed.text {
        bail!(
            "broken.rs and fixed.rs of {} are the same program",
            pair.short()
        );
    }
    let lines = lines((broken.first, &broken.text), (fixed.first, &fixed.text));
    let verdict = html::escape(&finding.verdict());
    let (from, to) = (pair.file(Version::Broken), pair.file(Version::Fixed));
    let label = html::escape(&format!("From broken to fixed: {}", pair.id()));
    Ok(html::block(&format!(
        "<figure class=\"diff\" id=\"diff-{}\" data-pair=\"{}\">\n\
         <pre class=\"diff\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">{lines}</pre>\n\
         <figcaption>From broken to fixed, which {verdict} <span class=\"path\">{}</span></figcaption>\n</figure>",
        pair.id(),
        pair.short(),
        html::escape(&changed(&from, &to)),
    )))
}

/// `crates/…/{broken,fixed}.rs` would be shorter, and nobody could open it.
fn changed(from: &str, to: &str) -> String {
    let name = to.rsplit('/').next().unwrap_or(to);
    format!("{from} → {name}")
}

/// The changed lines and some around them, as HTML without a line break in it; the sign is in the
/// text, so that colour is not the only one.
fn lines((old_first, old): (usize, &str), (new_first, new): (usize, &str)) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    for group in diff.grouped_ops(AROUND) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let old = (first.old_range().start, last.old_range().end);
        let new = (first.new_range().start, last.new_range().end);
        let _ = write!(
            out,
            "<span class=\"hunk\">@@ -{},{} +{},{} @@</span>&#10;",
            old.0 + old_first,
            old.1 - old.0,
            new.0 + new_first,
            new.1 - new.0
        );
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (element, sign) = match change.tag() {
                ChangeTag::Equal => ("span", ' '),
                ChangeTag::Delete => ("del", '-'),
                ChangeTag::Insert => ("ins", '+'),
            };
            let text = html::escape(change.value().trim_end_matches('\n'));
            let _ = write!(out, "<{element}>{sign}{text}</{element}>&#10;");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_in_the_text() {
        let old = "a\nb\nc\nd\ne\nf < g\n";
        let new = "a\nb\nc\nd\ne\nf > g\n";
        assert_eq!(
            lines((3, old), (5, new)).replace("&#10;", "\n"),
            "<span class=\"hunk\">@@ -5,4 +7,4 @@</span>\n<span> c</span>\n<span> d</span>\n<span> e</span>\n\
             <del>-f &lt; g</del>\n<ins>+f &gt; g</ins>\n"
        );
    }
}

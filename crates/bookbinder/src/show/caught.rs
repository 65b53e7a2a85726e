//! Who catches the mistake of a pair.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use timeline::World;

use super::explanation::Explanation;
use crate::directive::Who;
use crate::evidence::Evidence;
use crate::html;
use crate::workshop::{Pair, Version, Workshop};

/// The badges, and the words of the pair. A badge is believed only if the check or the program
/// itself bears it out.
pub fn caught(
    workshop: &Workshop,
    evidence: &Evidence,
    pair: &Pair,
    who: &[Who],
) -> Result<String> {
    let finding = evidence.finding(pair, Version::Broken)?;
    let world = match finding.report.world {
        World::Tasks => Who::Tasks,
        World::Threads if finding.only_under_the_memory_model() => Who::MemoryModel,
        World::Threads => Who::Threads,
        World::Real => Who::Human,
    };
    if !who.contains(&world) {
        bail!(
            "the check of {} fails in the world of `{}`: name it",
            pair.short(),
            world.word()
        );
    }
    for claimed in [Who::Tasks, Who::Threads, Who::MemoryModel] {
        if who.contains(&claimed) && claimed != world {
            bail!(
                "no check of {} fails in the world of `{}`; it is `{}`",
                pair.short(),
                claimed.word(),
                world.word()
            );
        }
    }
    let expected = expected(workshop, pair)?;
    for (linter, clippys) in [(Who::Clippy, true), (Who::Rustc, false)] {
        let expects = expected
            .iter()
            .any(|lint| lint.starts_with("clippy::") == clippys);
        if who.contains(&linter) && !expects {
            bail!(
                "{} has no `expect` of a lint of {linter}, so that {linter} does not catch it by \
                 default",
                pair.file(Version::Broken)
            );
        }
        if expects && !who.contains(&linter) {
            bail!(
                "{} expects a lint of {linter}, so that {linter} catches it: name it",
                pair.file(Version::Broken)
            );
        }
    }
    let mut badges = String::new();
    for one in Who::ALL {
        let (class, says) = if who.contains(&one) {
            ("badge lit", "catches it")
        } else {
            ("badge", one.otherwise())
        };
        let _ = write!(
            badges,
            "<li class=\"{class}\" data-who=\"{}\">{one} <span class=\"badge-says\">{says}</span></li>",
            one.word()
        );
    }
    let text = Explanation::of(workshop, pair)?.caught;
    let badges = format!("<ul class=\"badges\" aria-label=\"Who catches it\">{badges}</ul>");
    Ok(html::around(
        "<div class=\"caught\">",
        &format!("{badges}\n\n{text}"),
    ))
}

/// The lints that the broken program of a pair sets off, and says so.
fn expected(workshop: &Workshop, pair: &Pair) -> Result<Vec<String>> {
    let mut lints = Vec::new();
    for file in [pair.explanation(), pair.file(Version::Broken)] {
        let source = workshop.read(&file)?;
        for attribute in source.split("[expect(").skip(1) {
            let arguments = attribute.split(")]").next().unwrap_or_default();
            let names = arguments.split("reason").next().unwrap_or_default();
            let names = names
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            lints.extend(names.map(str::to_owned));
        }
    }
    Ok(lints)
}

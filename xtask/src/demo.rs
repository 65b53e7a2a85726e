//! `demo`: a chapter's pairs, broken and fixed, each with its picture.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cli;
use crate::grading::{self, Question};
use crate::judge::Subject;
use crate::obstacle::Obstacle;
use crate::prose;
use crate::report;
use crate::run::{End, Outcome};
use crate::selector;
use crate::style::{Ink, Look};
use crate::terms::{Snapshots, Terms};
use crate::tokens;
use crate::verdict;
use crate::workshop::{Chapter, Workshop};

/// Shows one pair or all, and says whether each behaved as stated.
///
/// # Errors
/// When there is no such chapter or pair, or the runner cannot do its work.
pub fn demo(workshop: &Workshop, request: &cli::Demo) -> Result<bool> {
    let chapter = selector::chapter(workshop, &request.chapter)?;
    let (Some(krate), Some(subject)) = (&chapter.krate, Subject::chapter(chapter)) else {
        bail!("{} has no pairs to show, only exercises", chapter.id);
    };
    let all = pairs(krate)?;
    let pairs = match &request.pair {
        None => all,
        Some(wanted) => vec![named(&all, wanted, chapter)?],
    };
    let only = pairs
        .iter()
        .flat_map(|pair| [format!("{pair}::broken"), format!("{pair}::fixed")]);
    let question = Question {
        only: Some(only.collect()),
        ..Question::all(subject)
    };
    // Whoever edits a program to see what happens wants to see it, and not that it has changed.
    let terms = Terms {
        limit: request.limit,
        snapshots: Snapshots::Ignore,
    };
    let answers = grading::ask(workshop, std::slice::from_ref(&question), terms)?;
    let outcomes = match answers.into_iter().next() {
        Some(Ok(outcomes)) => outcomes,
        Some(Err(obstacle)) => bail!("{} cannot be shown: {}", chapter.id, told(&obstacle)),
        None => bail!("{} cannot be shown", chapter.id),
    };
    let look = Look::of_stdout();
    let mut as_stated = true;
    for pair in &pairs {
        report::say(&head(workshop, krate, pair, look)?);
        for version in ["broken", "fixed"] {
            let name = format!("{pair}::{version}");
            let file = krate.join("src").join(pair).join(format!("{version}.rs"));
            let title = format!("{version}: {}", workshop.shown(&file));
            report::say(&format!("{}\n", look.paint(Ink::Strong, &title)));
            let outcome = outcomes.iter().find(|(found, _)| *found == name);
            let (text, good) = match outcome {
                Some((_, outcome)) => shown(outcome, look),
                None => (format!("  there is no check called {name}\n"), false),
            };
            as_stated &= good;
            report::say(&format!("{text}\n"));
        }
    }
    Ok(as_stated)
}

/// The pairs of a chapter, in the order in which its `lib.rs` lists them.
///
/// Formatters sort modules, so a table in its documentation comes first: ``| [`lost_panic`] |``.
///
/// # Errors
/// When there is no `lib.rs`.
pub fn pairs(krate: &Path) -> Result<Vec<String>> {
    let path = krate.join("src").join("lib.rs");
    let source = fs::read_to_string(&path).with_context(|| {
        format!(
            "cannot read {}; `git restore` brings a lost file back",
            path.display()
        )
    })?;
    let tokens = tokens::tokens(&source);
    let modules = tokens
        .windows(3)
        .filter(|three| three[0].text == "mod" && three[2].text == ";");
    let mut pairs: Vec<String> = modules
        .map(|three| three[1].text.clone())
        .filter(|name| krate.join("src").join(name).join("broken.rs").is_file())
        .collect();
    pairs.sort_by_key(|name| source.find(&format!("| [`{name}`]")).unwrap_or(usize::MAX));
    Ok(pairs)
}

fn named(all: &[String], wanted: &str, chapter: &Chapter) -> Result<String> {
    let name = wanted.replace('-', "_");
    if all.contains(&name) {
        return Ok(name);
    }
    let near = selector::nearest(&name, all.iter().map(String::as_str));
    let shown = if near.is_empty() {
        all.iter().map(String::as_str).collect()
    } else {
        near
    };
    bail!(
        "{} has no pair `{wanted}`; it has {}",
        chapter.id,
        shown.join(", ")
    )
}

fn head(workshop: &Workshop, krate: &Path, pair: &str, look: Look) -> Result<String> {
    let path = krate.join("src").join(pair).join("mod.rs");
    let source = fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", workshop.shown(&path)))?;
    let doc: String = prose::inner_doc(&source)
        .lines()
        // The ledger's rows, at the end, are for those who look after the workshop.
        .take_while(|line| !line.starts_with("Covers:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let doc = prose::markdown(doc.trim(), look.width());
    let rule = if look.text.ascii { "=" } else { "═" };
    let title = prose::sentence(pair);
    let line = rule.repeat(look.width().saturating_sub(title.chars().count() + 4));
    Ok(format!(
        "{}\n\n{doc}\n",
        look.paint(Ink::Strong, &format!("{rule}{rule} {title} {line}"))
    ))
}

/// The picture of a run, and whether it came out as the chapter states.
fn shown(outcome: &Outcome, look: Look) -> (String, bool) {
    let good = holds(outcome);
    let mut out = String::new();
    if let Some(report) = &outcome.record {
        let failed = report.verdict != timeline::Verdict::Passed;
        let sign = if failed { look.cross() } else { look.tick() };
        let message = prose::wrap(report.message.trim_end(), look.width(), 2);
        out.push_str(&format!("{sign} {}", message.trim_start()));
        if let Some(timeline) = &report.timeline {
            out.push_str(&format!("\n{}", timeline.text(&look.text)));
        }
    }
    if !good {
        let why = verdict::complaint(outcome);
        out.push_str(&format!(
            "{} not as the chapter states: {why}\n",
            look.cross()
        ));
    }
    (out, good)
}

/// Whether a check of a chapter came out as the chapter states: the world has recorded what
/// happened, and the test agrees with it.
pub fn holds(outcome: &Outcome) -> bool {
    matches!(outcome.end, End::Ended(status) if status.success())
        && outcome.record.is_some()
        && outcome.left_behind.is_empty()
}

/// An obstacle in plain text.
pub fn told(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Missing(text) | Obstacle::NotFollowable(text) => text.clone(),
        Obstacle::DoesNotCompile(text) | Obstacle::DoesNotFit(text) => {
            format!(
                "it does not compile\n\n{}",
                crate::style::without_colour(text)
            )
        }
    }
}

//! `hint`: one more hint each time.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::check::next_unsolved;
use crate::cli;
use crate::prose;
use crate::report;
use crate::selector;
use crate::state::State;
use crate::style::{Ink, Look};
use crate::workshop::Workshop;

/// A section of hints.md.
#[derive(Debug, PartialEq, Eq)]
pub struct Hint<'t> {
    /// The heading.
    pub title: &'t str,
    /// Markdown.
    pub text: &'t str,
}

/// Shows the next hint, or all.
///
/// # Errors
/// When the selector does not name one exercise, or there are no hints.
pub fn hint(workshop: &Workshop, request: &cli::Hint) -> Result<bool> {
    let mut state = State::load(workshop);
    let exercise = match &request.selector {
        None => next_unsolved(workshop, &state).context("all exercises are solved")?,
        Some(text) => match selector::exercises(workshop, std::slice::from_ref(text))?[..] {
            [exercise] => exercise,
            _ => bail!("a hint for which one? `cargo xtask list` shows the exercises of {text}"),
        },
    };
    let path = exercise.dir.join("hints.md");
    let shown = workshop.shown(&path);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("cannot read {shown}; `git restore {shown}` brings it back"))?;
    let hints = hints(&text);
    if hints.is_empty() {
        bail!("there are no hints in {shown}");
    }
    let look = Look::of_stdout();
    let given = if request.all {
        hints.len()
    } else {
        state.one_more_hint(exercise, hints.len())
    };
    state.save();
    let selector = exercise.selector();
    let first = if request.all { 0 } else { given - 1 };
    for (index, hint) in hints.iter().enumerate().take(given).skip(first) {
        let title = format!(
            "{selector}, hint {} of {}: {}",
            index + 1,
            hints.len(),
            hint.title
        );
        let text = prose::markdown(hint.text.trim(), look.width());
        report::say(&format!("{}\n\n{text}\n", look.paint(Ink::Strong, &title)));
    }
    if given < hints.len() {
        let more = format!("One more: cargo xtask hint {selector}");
        report::say(&format!("{}\n", look.paint(Ink::Faint, &more)));
    } else if !request.all {
        let more = format!("That was the last one. All again: cargo xtask hint {selector} --all");
        report::say(&format!("{}\n", look.paint(Ink::Faint, &more)));
    }
    Ok(true)
}

/// The sections of a hints.md; what stands before the first heading is not a hint.
pub fn hints(text: &str) -> Vec<Hint<'_>> {
    let mut starts: Vec<usize> = text.match_indices("\n## ").map(|(at, _)| at + 1).collect();
    if text.starts_with("## ") {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let section = text[*start..end].trim_start_matches("## ");
            let (title, text) = section.split_once('\n').unwrap_or((section, ""));
            Hint {
                title: title.trim(),
                text,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_a_section() {
        for (text, titles) in [
            ("", &[][..]),
            ("# Hints\n\nNone yet.\n", &[]),
            ("## One\n\nText.\n", &["One"]),
            (
                "# Hints\n\n## One\n\nText.\n\n### More\n\n## Two\n",
                &["One", "Two"],
            ),
        ] {
            let found: Vec<&str> = hints(text).iter().map(|hint| hint.title).collect();
            assert_eq!(found, titles, "{text:?}");
        }
        assert_eq!(hints("## One\nText.\n\n## Two\n")[0].text, "Text.\n\n");
    }
}

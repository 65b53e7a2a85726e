//! `list`: the chapters, their exercises, and how far the learner is.

use std::fmt::Write;

use anyhow::Result;

use crate::prose;
use crate::report;
use crate::state::{Standing, State};
use crate::style::{Ink, Look};
use crate::verdict::Verdict;
use crate::workshop::Workshop;

/// Shows all of it.
///
/// # Errors
/// Never so far.
pub fn list(workshop: &Workshop) -> Result<bool> {
    report::say(&text(workshop, &State::load(workshop), Look::of_stdout()));
    Ok(true)
}

fn text(workshop: &Workshop, state: &State, look: Look) -> String {
    let mut out = String::new();
    let mut solved_in_all = 0;
    for chapter in &workshop.chapters {
        let solved = chapter
            .exercises
            .iter()
            .filter(|exercise| state.standing(exercise) == Standing::Solved)
            .count();
        solved_in_all += solved;
        let title = format!("{}  {}", chapter.id, chapter.topic().replace('-', " "));
        let _ = writeln!(
            out,
            "{}  {}",
            look.paint(Ink::Strong, &title),
            look.paint(
                Ink::Faint,
                &format!("{solved} of {} solved", chapter.exercises.len())
            )
        );
        let width = chapter
            .exercises
            .iter()
            .map(|e| e.selector().len())
            .max()
            .unwrap_or(0);
        for exercise in &chapter.exercises {
            let (sign, words) = if exercise.dir.is_dir() {
                standing(state.standing(exercise), look)
            } else {
                (
                    look.cross(),
                    format!("deleted; `git restore {}`", workshop.shown(&exercise.dir)),
                )
            };
            let line = format!("  {sign} {:width$}  {words}", exercise.selector());
            let _ = writeln!(out, "{}", line.trim_end());
        }
        out.push('\n');
    }
    let all = workshop.exercises().count();
    let _ = writeln!(
        out,
        "{solved_in_all} of {} solved.",
        prose::count(all, "exercise")
    );
    if solved_in_all < all {
        let _ = writeln!(out, "`cargo xtask check` grades the first one that is not.");
    }
    out
}

fn standing(standing: Standing, look: Look) -> (String, String) {
    match standing {
        Standing::NotTried => (look.dot(), String::new()),
        Standing::Solved => (look.tick(), "solved".to_owned()),
        Standing::Edited => (look.dot(), "edited since it was graded".to_owned()),
        Standing::Unsolved {
            verdict: Verdict::DoesNotCompile,
            ..
        } => (look.cross(), "does not compile".to_owned()),
        Standing::Unsolved {
            verdict: Verdict::NotGradable,
            ..
        } => (look.cross(), "cannot be graded".to_owned()),
        Standing::Unsolved {
            passed, properties, ..
        } => (look.cross(), prose::hold(passed, properties)),
    }
}

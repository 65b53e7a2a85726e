//! What a person reads.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::check::count;
use crate::cli;
use crate::grading::Graded;
use crate::obstacle::Obstacle;
use crate::prose;
use crate::style::{Ink, Look};
use crate::verdict::{Property, Verdict};
use crate::workshop::{Chapter, Exercise, Workshop};

/// Prints to standard output. A reader who has gone away is no trouble.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Tells that the runner could not do its work, and why.
pub fn trouble(error: &anyhow::Error) {
    let look = Look::of_stderr();
    let mut text = format!("{}: {error}\n", look.paint(Ink::Bad, "error"));
    for cause in error.chain().skip(1) {
        let _ = writeln!(text, "  because: {cause}");
    }
    let _ = io::stderr().write_all(text.as_bytes());
}

/// The report on a `check`.
pub fn check(
    workshop: &Workshop,
    graded: &[(&Exercise, Graded)],
    request: &cli::Check,
    look: Look,
) {
    for (exercise, graded) in graded {
        say(&one_exercise(workshop, exercise, graded, request, look));
    }
    say(&summary(graded, look));
}

fn one_exercise(
    workshop: &Workshop,
    exercise: &Exercise,
    graded: &Graded,
    request: &cli::Check,
    look: Look,
) -> String {
    let file = if request.solutions {
        exercise.solution()
    } else {
        exercise.lib()
    };
    let selector = exercise.selector();
    let mut out = format!(
        "{}  {}\n\n",
        look.paint(Ink::Strong, &selector),
        look.paint(Ink::Faint, &workshop.shown(&file))
    );
    match &graded.obstacle {
        Some(obstacle) => out.push_str(&self::obstacle(obstacle, look)),
        None => {
            for property in &graded.properties {
                out.push_str(&self::property(&selector, property, request, look));
            }
            if graded.properties.is_empty() {
                let grade = workshop.shown(&exercise.grade());
                let _ = writeln!(out, "  {} {grade} asks nothing\n", look.cross());
            }
        }
    }
    if graded.verdict != Verdict::Passed && !request.solutions {
        let chapter = workshop.chapter(&exercise.chapter);
        out.push_str(&where_to_look(workshop, chapter, &selector, look));
    }
    out.push('\n');
    out
}

fn obstacle(obstacle: &Obstacle, look: Look) -> String {
    let cross = look.cross();
    let width = look.width();
    match obstacle {
        Obstacle::Missing(message) | Obstacle::NotFollowable(message) => {
            let message = prose::wrap(message, width, 4);
            format!("  {cross} cannot be graded\n\n{message}\n")
        }
        Obstacle::DoesNotCompile(rendered) => {
            let rendered = look.foreign(rendered);
            format!("  {cross} does not compile\n\n{}\n\n", rendered.trim_end())
        }
        Obstacle::DoesNotFit(rendered) => {
            let rendered = look.foreign(rendered);
            format!(
                "  {cross} grade.rs cannot use it: keep the names and signatures that the \
                 exercise came with\n\n{}\n\n",
                rendered.trim_end()
            )
        }
    }
}

fn property(selector: &str, property: &Property, request: &cli::Check, look: Look) -> String {
    let name = prose::sentence(&property.name);
    if property.verdict == Verdict::Passed && request.replay.is_none() {
        let message = look.paint(Ink::Faint, property.message.trim_end());
        return format!("  {} {name}\n      {message}\n", look.tick());
    }
    let sign = if property.verdict == Verdict::Passed {
        look.tick()
    } else {
        look.cross()
    };
    let mut out = format!("  {sign} {}\n\n", look.paint(Ink::Strong, &name));
    out.push_str(&prose::wrap(property.message.trim_end(), look.width(), 6));
    let timeline = property
        .report
        .as_ref()
        .and_then(|report| report.timeline.as_ref());
    if let Some(timeline) = timeline {
        let picture = timeline.text(&look.text);
        let _ = write!(out, "\n{}", prose::indent(&picture, 0));
    }
    if let Some(printed) = &property.printed {
        let _ = write!(out, "\n      it printed:\n{}", prose::indent(printed, 8));
    }
    if let Some(token) = property.token().filter(|_| request.replay.is_none()) {
        let solutions = if request.solutions {
            " --solutions"
        } else {
            ""
        };
        let replay = format!("cargo xtask check {selector}{solutions} --replay {token}");
        let _ = write!(out, "\n      again: {}\n", look.paint(Ink::Faint, &replay));
    }
    out.push('\n');
    out
}

fn where_to_look(
    workshop: &Workshop,
    chapter: Option<&Chapter>,
    selector: &str,
    look: Look,
) -> String {
    let mut out = String::new();
    if let Some(chapter) = chapter {
        let page = workshop
            .root
            .join("book/src")
            .join(format!("{}.md", chapter.dir_name));
        let number = chapter.id.trim_start_matches("ch").trim_start_matches('0');
        let topic = chapter.topic().replace('-', " ");
        let place = match &chapter.krate {
            _ if page.is_file() => format!(", {}", workshop.shown(&page)),
            Some(_) => format!(", `cargo xtask demo {}`", chapter.id),
            None => String::new(),
        };
        let _ = writeln!(out, "  explained: chapter {number}, {topic}{place}");
    }
    let hint = look.paint(Ink::Strong, &format!("cargo xtask hint {selector}"));
    let _ = writeln!(out, "  stuck? {hint}");
    out
}

fn summary(graded: &[(&Exercise, Graded)], look: Look) -> String {
    let exercises = graded
        .iter()
        .filter(|(_, graded)| graded.verdict == Verdict::Passed)
        .count();
    let hold: usize = graded
        .iter()
        .map(|(_, graded)| count(graded, |verdict| verdict == Verdict::Passed))
        .sum();
    let all: usize = graded
        .iter()
        .map(|(_, graded)| graded.properties.len())
        .sum();
    let ink = if exercises == graded.len() {
        Ink::Good
    } else {
        Ink::Bad
    };
    let text = format!(
        "{exercises} of {} passed, {}.",
        prose::count(graded.len(), "exercise"),
        prose::hold(hold, all)
    );
    format!("{}\n", look.paint(ink, &text))
}

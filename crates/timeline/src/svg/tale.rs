//! The picture in words, for those who cannot see it.

use std::fmt::Write as _;

use crate::model::Timeline;
use crate::telling::{At, Line, Words};

/// A name for the picture.
pub(super) fn name(timeline: &Timeline) -> &str {
    match (timeline.title.as_str(), timeline.outcome.summary.as_str()) {
        ("", "") => "a schedule",
        ("", summary) => summary,
        (title, _) => title,
    }
}

/// The steps in order, and the end, as one text.
pub(super) fn sentences(words: &Words) -> String {
    let mut tale = String::new();
    for line in &words.lines {
        let _ = match line {
            Line::Clock(time) => write!(tale, "The clock moves to {time}. "),
            Line::Gap(text) => write!(tale, "Left out: {text}. "),
            Line::Stuck { lane, what, at } => {
                write!(tale, "{lane} {what}{}. ", bracketed(at.as_ref()))
            }
            Line::NotShown(names) => write!(tale, "Not shown: {names}. "),
            Line::Step {
                number,
                lane,
                what,
                times,
                at,
                stale,
            } => {
                let times = match times {
                    0 | 1 => String::new(),
                    more => format!(", {more} times"),
                };
                let at = bracketed(at.as_ref());
                let _ = write!(tale, "Step {number}: {lane} {what}{times}{at}. ");
                stale.iter().try_for_each(|note| write!(tale, "{note}. "))
            }
        };
    }
    tale.push_str(&words.summary);
    tale.trim_end().to_string()
}

fn bracketed(at: Option<&At>) -> String {
    at.map(|at| format!(" ({})", at.label)).unwrap_or_default()
}

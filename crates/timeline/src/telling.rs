//! A schedule in words, line by line: what the pictures show, for those who read rather than
//! look, and for screens that are too narrow for lanes.

use std::fmt::Write as _;

use crate::clean;
use crate::fold::{self, Folded, Row};
use crate::model::{Place, Timeline};
use crate::replay::Replay;
use crate::sections;
use crate::svg::{draft, escape};
use crate::words::{self, Labels};

/// A schedule as a list of sentences, with the same steps left out as in the pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The steps in their order, then who is stuck.
    pub lines: Vec<Line>,
    /// Whether the schedule fails.
    pub failed: bool,
    /// How it ends; can be empty.
    pub summary: String,
}

/// One sentence of [`Words`]. All texts are free of control characters, and not escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The virtual clock jumps to this time, such as `250 ms`.
    Clock(String),
    /// What one lane does.
    Step {
        /// Counted from 1 over all steps, also those that are left out.
        number: usize,
        /// The name of the lane.
        lane: String,
        /// Such as `locks jobs`.
        what: String,
        /// How often in a row, at least 1.
        times: usize,
        /// Where.
        at: Option<At>,
        /// Why this step acts on what is no longer true; mostly empty.
        stale: Vec<String>,
    },
    /// Steps that are left out, and what they are.
    Gap(String),
    /// A lane that cannot go on at the end.
    Stuck {
        /// The name of the lane.
        lane: String,
        /// Such as `waits for lock jobs (held by T1 since line 30)`.
        what: String,
        /// Where.
        at: Option<At>,
    },
    /// The lanes that are not told of.
    NotShown(String),
}

/// A line of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// `line 30`, or `broken.rs:30` where the schedule leads through several files.
    pub label: String,
    /// The text of that line; can be empty.
    pub source: String,
}

impl Timeline {
    /// The schedule in words; the same telling is the text alternative of [`Timeline::svg`].
    #[must_use]
    pub fn words(&self) -> Words {
        let mut timeline = clean::timeline(self, false);
        sections::join(&mut timeline);
        let replay = Replay::new(&timeline);
        let folded = fold::fold(&timeline, &replay);
        let labels = Labels::new(draft::places(&timeline, &folded));
        tell(&timeline, &replay, &folded, &labels)
    }
}

/// Tells a timeline that has been cleaned and folded.
pub(crate) fn tell(
    timeline: &Timeline,
    replay: &Replay,
    folded: &Folded,
    labels: &Labels,
) -> Words {
    let lane = |lane: usize| timeline.lanes[lane].name.clone();
    let at = |place: &Option<Place>| place.as_ref().map(|place| At::new(labels, place));
    let mut lines = Vec::new();
    let mut clock = 0;
    for row in &folded.rows {
        let (index, times) = match row {
            Row::Step { step, times } => (*step, *times),
            Row::Gap { text, .. } => {
                lines.push(Line::Gap(text.clone()));
                continue;
            }
        };
        let step = &timeline.steps[index];
        if let Some(at) = step.at.filter(|at| *at > clock) {
            clock = at;
            lines.push(Line::Clock(words::clock(at)));
        }
        let stale = replay.stale.iter().filter(|s| s.acts == index);
        lines.push(Line::Step {
            number: index + 1,
            lane: lane(step.lane),
            what: step.what.clone(),
            times,
            at: at(&step.place),
            stale: stale.map(|s| words::stale_note(timeline, s)).collect(),
        });
    }
    lines.extend(timeline.outcome.stuck.iter().map(|stuck| Line::Stuck {
        lane: lane(stuck.lane),
        what: stuck.what.clone(),
        at: at(&stuck.place),
    }));
    if !folded.hidden.is_empty() {
        let name = |l: &usize| timeline.lanes[*l].name.as_str();
        let names: Vec<&str> = folded.hidden.iter().map(name).collect();
        lines.push(Line::NotShown(words::list(&names, 6)));
    }
    Words {
        lines,
        failed: timeline.outcome.failed,
        summary: timeline.outcome.summary.clone(),
    }
}

impl At {
    fn new(labels: &Labels, place: &Place) -> At {
        let label = labels.label(place);
        At {
            label: match labels {
                Labels::Lines { .. } => format!("line {label}"),
                Labels::Files(_) => label,
            },
            source: place.source.clone(),
        }
    }
}

impl Words {
    /// The lines as an `<ol class="schedule-in-words">`, without blank lines, so that it can stand in
    /// Markdown. The numbers of the list are those of the steps. The summary is not in it.
    #[must_use]
    pub fn html(&self) -> String {
        let mut out = String::from("<ol class=\"schedule-in-words\">\n");
        for line in &self.lines {
            out.push_str(&line.html());
            out.push('\n');
        }
        out.push_str("</ol>\n");
        out
    }
}

impl Line {
    fn html(&self) -> String {
        match self {
            Line::Clock(time) => aside("clock", &format!("The clock moves to {time}.")),
            Line::Gap(text) => aside("gap", &format!("Left out: {text}.")),
            Line::NotShown(names) => aside("gap", &format!("Not shown: {names}.")),
            Line::Stuck { lane, what, at } => format!(
                "<li class=\"stuck\"><span class=\"sign\">✕ </span><b>{}</b> {}{}</li>",
                escape(lane),
                escape(what),
                place(at.as_ref())
            ),
            Line::Step {
                number,
                lane,
                what,
                times,
                at,
                stale,
            } => {
                let mut item = format!(
                    "<li value=\"{number}\"><b>{}</b> {}",
                    escape(lane),
                    escape(what)
                );
                if *times > 1 {
                    let _ = write!(item, ", {times} times");
                }
                item.push_str(&place(at.as_ref()));
                for note in stale {
                    let _ = write!(item, "<span class=\"stale\">↳ {}</span>", escape(note));
                }
                item.push_str("</li>");
                item
            }
        }
    }
}

fn aside(class: &str, text: &str) -> String {
    format!("<li class=\"{class}\">{}</li>", escape(text))
}

fn place(at: Option<&At>) -> String {
    let Some(at) = at else {
        return String::new();
    };
    let label = escape(&at.label);
    if at.source.is_empty() {
        return format!(" <span class=\"at\">{label}</span>");
    }
    let source = escape(&at.source);
    format!(" <span class=\"at\">{label}: <code>{source}</code></span>")
}

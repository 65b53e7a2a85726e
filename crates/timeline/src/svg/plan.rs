//! Where everything stands, in pixels.

use super::bars::{self, Bar};
use super::draft::{self, Draft, Kind, Mark};
use super::paint::{Size, Tone};
use crate::clean::{clip, width, wrap};
use crate::fold::Folded;
use crate::model::Timeline;
use crate::replay::Replay;

/// The widest picture.
pub(super) const WIDEST: usize = 740;
/// Where the texts of a lane stand side by side, each has at least this; else they move to a
/// column of their own beside all lanes.
const LEAST_TEXT: usize = 150;
/// The most lines of source text, and of each remark.
const CODE_LINES: usize = 2;
const WORD_LINES: usize = 5;
/// From the line of a lane to its first bar, and from one bar to the next.
const FIRST_BAR: usize = 16;
const NEXT_BAR: usize = 17;
/// Longer names of lanes are clipped.
const LONGEST_NAME: usize = 16;

pub(super) struct Plan {
    pub(super) width: usize,
    /// Below the title and the names of the lanes.
    pub(super) top: usize,
    /// Below the last row.
    pub(super) bottom: usize,
    /// The right edge of the step numbers.
    pub(super) number: usize,
    pub(super) lanes: Vec<Lane>,
    pub(super) bands: Vec<Band>,
    pub(super) bars: Vec<Bar>,
    /// Where the values begin.
    pub(super) values: Option<usize>,
    /// The texts stand in a column of their own.
    pub(super) aside: bool,
}

pub(super) struct Lane {
    /// An index into the lanes of the timeline.
    pub(super) lane: usize,
    pub(super) x: usize,
    pub(super) text: usize,
    pub(super) text_width: usize,
}

/// A row with its place and its wrapped texts.
pub(super) struct Band {
    pub(super) draft: Draft,
    pub(super) y: usize,
    pub(super) height: usize,
    pub(super) cards: Vec<Wrapped>,
}

pub(super) struct Wrapped {
    pub(super) code: Vec<String>,
    pub(super) words: Vec<(Tone, String)>,
}

impl Band {
    /// The height at which its marks stand.
    pub(super) fn mark(&self) -> usize {
        match self.draft.kind {
            Kind::Gap => self.y + self.height / 2,
            Kind::Clock => self.y + 11,
            Kind::Step | Kind::Stuck => self.y + 21,
        }
    }
}

impl Plan {
    pub(super) fn new(timeline: &Timeline, replay: &Replay, folded: &Folded, top: usize) -> Plan {
        let drafts = draft::rows(timeline, replay, folded, false);
        let number = number_width(&drafts);
        let values = values_width(&drafts);
        let tracks = bars::tracks(replay, folded);
        let columns: Vec<usize> = tracks.iter().map(|t| indent(*t)).collect();
        let room = WIDEST.saturating_sub(number + 16 + values);
        let natural: Vec<usize> = (0..columns.len())
            .map(|column| natural(&drafts, |c| c == column))
            .collect();
        let texts = room.saturating_sub(columns.iter().map(|c| c + 14).sum());
        let shared = share(&natural, texts);
        let aside = folded.lanes.len() > 1
            && shared
                .iter()
                .zip(&natural)
                .any(|(s, n)| s < n && *s < LEAST_TEXT);

        let mut plan = Plan {
            width: 0,
            top,
            bottom: 0,
            number,
            lanes: Vec::new(),
            bands: Vec::new(),
            bars: Vec::new(),
            values: None,
            aside,
        };
        let x = number + 16;
        let end = if aside {
            plan.stand_aside(timeline, folded, &columns, x, room)
        } else {
            plan.stand_in_lanes(timeline, folded, &columns, &shared, x)
        };
        let drafts = if aside {
            draft::rows(timeline, replay, folded, true)
        } else {
            drafts
        };
        if aside {
            let widest = natural_all(&drafts).min(plan.lanes[0].text_width);
            for lane in &mut plan.lanes {
                lane.text_width = widest;
            }
        }
        let end = if aside {
            plan.lanes[0].text + plan.lanes[0].text_width + 10
        } else {
            end
        };
        plan.values = (values > 0).then_some(end + 4);
        plan.width = end + values;
        plan.stack(drafts);
        plan.bars = bars::place(timeline, replay, folded, &plan);
        plan
    }

    /// Each lane as wide as its own texts.
    fn stand_in_lanes(
        &mut self,
        timeline: &Timeline,
        folded: &Folded,
        indents: &[usize],
        texts: &[usize],
        mut x: usize,
    ) -> usize {
        for ((lane, indent), text_width) in folded.lanes.iter().zip(indents).zip(texts) {
            let name = Size::Code.pixels(width(&name(timeline, *lane)));
            let text_width = (*text_width)
                .max((name + 6).saturating_sub(*indent))
                .max(24);
            self.lanes.push(Lane {
                lane: *lane,
                x,
                text: x + indent,
                text_width,
            });
            x += indent + text_width + 14;
        }
        x
    }

    /// The lanes side by side, all texts in one column at their right.
    fn stand_aside(
        &mut self,
        timeline: &Timeline,
        folded: &Folded,
        indents: &[usize],
        start: usize,
        room: usize,
    ) -> usize {
        let mut x = start;
        for (lane, indent) in folded.lanes.iter().zip(indents) {
            let name = Size::Code.pixels(width(&name(timeline, *lane)));
            self.lanes.push(Lane {
                lane: *lane,
                x,
                text: 0,
                text_width: 0,
            });
            x += (*indent).max(name + 8).max(22);
        }
        let text_width = (start + room).saturating_sub(x + 14).max(LEAST_TEXT);
        for lane in &mut self.lanes {
            (lane.text, lane.text_width) = (x + 6, text_width);
        }
        x + 14 + text_width
    }

    /// Wraps the texts and stacks the rows.
    fn stack(&mut self, drafts: Vec<Draft>) {
        let mut y = self.top;
        for draft in drafts {
            let cards: Vec<Wrapped> = draft
                .cards
                .iter()
                .map(|card| {
                    let room = self.lanes[card.column].text_width;
                    Wrapped {
                        code: code_lines(&card.code, Size::Code.columns(room)),
                        words: card
                            .words
                            .iter()
                            .flat_map(|(tone, words)| {
                                let lines = lines(words, Size::Small.columns(room), WORD_LINES);
                                lines.into_iter().map(|line| (*tone, line))
                            })
                            .collect(),
                    }
                })
                .collect();
            let tallest = cards.iter().map(Wrapped::height).max().unwrap_or(0);
            let height = match draft.kind {
                Kind::Clock => 22,
                Kind::Gap => tallest + 14,
                Kind::Step | Kind::Stuck => tallest.max(14 * draft.values.len()).max(30) + 12,
            };
            self.bands.push(Band {
                draft,
                y,
                height,
                cards,
            });
            y += height;
        }
        self.bottom = y;
    }

    /// The band that shows a step.
    pub(super) fn band_of(&self, step: usize) -> Option<&Band> {
        self.bands.iter().find(|b| {
            let steps = b.draft.steps;
            steps.is_some_and(|(first, last)| (first..=last).contains(&step))
        })
    }
}

impl Wrapped {
    pub(super) fn height(&self) -> usize {
        16 * self.code.len() + 14 * self.words.len()
    }
}

/// What stands above a lane.
pub(super) fn name(timeline: &Timeline, lane: usize) -> String {
    clip(&timeline.lanes[lane].name, LONGEST_NAME, "…")
}

/// From the line of a lane to its texts.
fn indent(tracks: usize) -> usize {
    match tracks {
        0 => 18,
        n => FIRST_BAR + NEXT_BAR * n - 3,
    }
}

/// The middle of a bar.
pub(super) fn bar_x(lane: &Lane, track: usize) -> usize {
    lane.x + FIRST_BAR + NEXT_BAR * track
}

fn number_width(drafts: &[Draft]) -> usize {
    let widest = drafts.iter().map(|d| width(&d.number)).max();
    6 + Size::Small.pixels(widest.unwrap_or(0).max(2))
}

fn values_width(drafts: &[Draft]) -> usize {
    let values = drafts.iter().flat_map(|d| &d.values);
    let widest = values.map(|(value, _)| width(value)).max();
    widest.map_or(0, |w| {
        12 + Size::Code
            .pixels(w)
            .max(Size::Small.pixels("afterwards".len()))
    })
}

/// How wide the texts of some columns are on one line each; source text counts up to a limit,
/// and words up to a smaller one, since they are easily broken.
fn natural(drafts: &[Draft], of: impl Fn(usize) -> bool) -> usize {
    let cards = drafts.iter().flat_map(|d| &d.cards);
    let widths = cards.filter(|c| of(c.column)).map(|card| {
        let words = card.words.iter().map(|(_, w)| width(w)).max().unwrap_or(0);
        let code = Size::Code.pixels(width(&card.code).min(60));
        // Words about steps that are left out are content with little.
        let most = if card.mark == Mark::Dots { 20 } else { 48 };
        code.max(Size::Small.pixels(words.min(most)))
    });
    widths.max().unwrap_or(0)
}

fn natural_all(drafts: &[Draft]) -> usize {
    natural(drafts, |_| true)
}

/// Shares `room` so that the narrow ones get what they ask for and the others the same.
fn share(asked: &[usize], room: usize) -> Vec<usize> {
    let mut most = asked.iter().copied().max().unwrap_or(0);
    while most > 0 && asked.iter().map(|a| (*a).min(most)).sum::<usize>() > room {
        most -= 1;
    }
    asked.iter().map(|a| (*a).min(most)).collect()
}

/// Source text on at most [`CODE_LINES`] lines: broken where a person would break it, the later
/// ones indented.
fn code_lines(code: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(code) {
        let indented = if lines.is_empty() { 0 } else { 2 };
        let full = indented + width(&line) + width(piece.trim_end()) > columns;
        if full && !line.is_empty() && lines.len() + 1 < CODE_LINES {
            lines.push(std::mem::take(&mut line).trim_end().to_string());
        }
        line.push_str(piece);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    for (i, line) in lines.iter_mut().enumerate() {
        let indent = if i == 0 { "" } else { "\u{a0}\u{a0}" };
        *line = clip(&format!("{indent}{line}"), columns, "…");
    }
    lines
}

/// Source text cut before every `.` and after every space, comma and opening bracket.
fn pieces(code: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (i, c) in code.char_indices() {
        let here = (c == '.' && before != '.' && !before.is_ascii_digit())
            || (matches!(before, ' ' | ',' | '(' | '[' | '{')
                && !matches!(c, ' ' | ')' | ']' | '{' | '}'));
        if here && i > start {
            pieces.push(&code[start..i]);
            start = i;
        }
        before = c;
    }
    pieces.push(&code[start..]);
    pieces.retain(|p| !p.is_empty());
    pieces
}

/// At most `most` lines; the last is clipped if there is more.
fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut lines = wrap(text, columns);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(clip(&rest, columns, "…"));
    }
    lines
}

//! Where everything stands, in pixels.

use super::bars::{self, Bar};
use super::draft::{self, Draft, Kind, Mark};
use super::paint::{Size, Tone};
use super::wrapping::{code_lines, lines};
use crate::clean::{clip, width};
use crate::fold::Folded;
use crate::model::Timeline;
use crate::replay::Replay;

/// The widest picture.
pub(super) const WIDEST: usize = 740;
/// Where the texts of a lane stand side by side, each has at least this; else they move to a
/// column of their own beside all lanes.
const LEAST_TEXT: usize = 150;
/// The most lines of a remark.
const WORD_LINES: usize = 5;
/// From the line of a lane to its first bar, and from one bar to the next.
const FIRST_BAR: usize = 16;
const NEXT_BAR: usize = 17;
/// From the step numbers to the line of the first lane, and from the texts of a lane to the
/// line of the next.
const FIRST_LANE: usize = 16;
const BETWEEN: usize = 14;
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
        let room = WIDEST.saturating_sub(number + FIRST_LANE + values);
        let columns: Vec<Column> = folded
            .lanes
            .iter()
            .zip(bars::tracks(replay, folded))
            .map(|(lane, tracks)| Column {
                lane: *lane,
                indent: indent(tracks),
                name: Size::Code.pixels(width(&name(timeline, *lane))),
            })
            .collect();
        let natural: Vec<usize> = (0..columns.len())
            .map(|column| natural(&drafts, |c| c == column))
            .collect();
        let texts = columns.iter().map(|c| c.indent + BETWEEN).sum();
        let shared = share(&natural, room.saturating_sub(texts));
        let mut widths = shared.iter().zip(&natural);
        let aside = columns.len() > 1 && widths.any(|(s, n)| s < n && *s < LEAST_TEXT);

        let (drafts, lanes) = if aside {
            let drafts = draft::rows(timeline, replay, folded, true);
            let widest = self::natural(&drafts, |_| true);
            (
                drafts,
                lanes_aside(&columns, number + FIRST_LANE, room, widest),
            )
        } else {
            (
                drafts,
                lanes_with_texts(&columns, number + FIRST_LANE, &shared),
            )
        };
        let end = lanes.iter().map(|l| l.text + l.text_width).max();
        let end = end.unwrap_or(0) + BETWEEN;
        let mut plan = Plan {
            width: end + values,
            top,
            bottom: 0,
            number,
            lanes,
            bands: Vec::new(),
            bars: Vec::new(),
            values: (values > 0).then_some(end + 4),
            aside,
        };
        plan.stack(drafts);
        plan.bars = bars::place(timeline, replay, folded, &plan);
        plan
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
            let tallest = tallest.max(14 * draft.values.len());
            let height = match draft.kind {
                Kind::Clock => 22,
                Kind::Gap => tallest + 14,
                Kind::Step | Kind::Stuck => tallest.max(30) + 12,
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

/// A lane before it has a place.
struct Column {
    lane: usize,
    /// From its line to its texts.
    indent: usize,
    /// How wide its name is.
    name: usize,
}

/// Each lane as wide as its own texts.
fn lanes_with_texts(columns: &[Column], mut x: usize, texts: &[usize]) -> Vec<Lane> {
    let mut lanes = Vec::new();
    for (column, text_width) in columns.iter().zip(texts) {
        let name = (column.name + 6).saturating_sub(column.indent);
        let text_width = (*text_width).max(name).max(24);
        let text = x + column.indent;
        lanes.push(Lane {
            lane: column.lane,
            x,
            text,
            text_width,
        });
        x = text + text_width + BETWEEN;
    }
    lanes
}

/// The lanes side by side, and at their right one column for all texts.
fn lanes_aside(columns: &[Column], start: usize, room: usize, widest: usize) -> Vec<Lane> {
    let advance = |c: &Column| c.indent.max(c.name + 8).max(22);
    let text = start + columns.iter().map(advance).sum::<usize>() + 6;
    let left = (start + room).saturating_sub(text + BETWEEN);
    let text_width = widest.min(left.max(LEAST_TEXT));
    let mut x = start;
    let lane = |column: &Column| {
        let lane = Lane {
            lane: column.lane,
            x,
            text,
            text_width,
        };
        x += advance(column);
        lane
    };
    columns.iter().map(lane).collect()
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

/// Shares `room` so that the narrow ones get what they ask for and the others the same.
fn share(asked: &[usize], room: usize) -> Vec<usize> {
    let mut most = asked.iter().copied().max().unwrap_or(0);
    while most > 0 && asked.iter().map(|a| (*a).min(most)).sum::<usize>() > room {
        most -= 1;
    }
    asked.iter().map(|a| (*a).min(most)).collect()
}

//! Draws the rows of a text picture, from the title to the legend.

use super::ink::{Line, Tone};
use super::layout::Layout;
use super::options::Text;
use super::symbols::{HARD_SPACE, Symbol, Symbols};
use crate::clean::{clip, width, wrap};
use crate::fold::{Folded, Row};
use crate::model::{Effect, Place, Timeline};
use crate::replay::{Replay, State};
use crate::words;

pub(super) struct Sheet<'a> {
    pub(super) timeline: &'a Timeline,
    replay: &'a Replay<'a>,
    pub(super) folded: &'a Folded,
    pub(super) layout: Layout,
    pub(super) symbols: Symbols,
    pub(super) colour: bool,
    pub(super) out: String,
}

/// What stands in the columns of the lanes.
#[derive(Clone, Copy)]
struct Gutter {
    /// The lanes are drawn as they are after this step.
    after: usize,
    /// One of them does something here.
    acts: Option<(usize, Symbol)>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        timeline: &'a Timeline,
        replay: &'a Replay<'a>,
        folded: &'a Folded,
        options: &Text,
    ) -> Self {
        Sheet {
            timeline,
            replay,
            folded,
            layout: Layout::new(timeline, replay, folded, options.columns()),
            symbols: Symbols::new(options.ascii),
            colour: options.colour,
            out: String::new(),
        }
    }

    pub(super) fn draw(mut self) -> String {
        self.heading();
        let mut clock = 0;
        for row in &self.folded.rows {
            match row {
                Row::Step { step, times } => {
                    if let Some(at) = self.timeline.steps[*step].at.filter(|at| *at > clock) {
                        clock = at;
                        self.clock(*step, at);
                    }
                    self.step(*step, *times);
                }
                Row::Gap {
                    first,
                    last,
                    text,
                    values,
                } => {
                    let values = if *values {
                        words::changed(self.timeline, self.replay, *first, *last)
                    } else {
                        String::new()
                    };
                    self.gap(*last, text, &values);
                }
            }
        }
        self.stuck();
        self.ending();
        self.out
    }

    fn step(&mut self, index: usize, times: usize) {
        let step = &self.timeline.steps[index];
        let last = index + times - 1;
        let fatal = self.replay.fatal.contains(&index);
        let symbol = if fatal {
            Symbol::Fails
        } else if step.effects.contains(&Effect::Lost) {
            Symbol::Lost
        } else {
            Symbol::Step
        };
        let gutter = Gutter {
            after: last,
            acts: Some((step.lane, symbol)),
        };
        let line = self.begin((Tone::Dim, &(index + 1).to_string()), gutter);

        let tone = if fatal { Tone::Bad } else { Tone::Plain };
        let mut what = step.what.clone();
        if times > 1 {
            what = format!("{what} {}{times}", self.symbols.times());
        }
        let values = words::changed(self.timeline, self.replay, index, last);
        self.body(line, gutter, step.place.as_ref(), (tone, &what), &values);
        for stale in self.replay.stale.iter().filter(|s| s.acts == index) {
            self.note(gutter, &words::stale_note(self.timeline, stale));
        }
    }

    fn gap(&mut self, last: usize, text: &str, values: &str) {
        let gutter = Gutter {
            after: last,
            acts: None,
        };
        let mut words = self.symbols.own(text);
        if !values.is_empty() {
            words = format!("{words} {HARD_SPACE}{values}");
        }
        self.aside(
            (Tone::Dim, self.symbols.dots()),
            gutter,
            (Tone::Dim, ""),
            &words,
        );
    }

    fn clock(&mut self, step: usize, at: u64) {
        let gutter = Gutter {
            after: step.saturating_sub(1),
            acts: None,
        };
        let words = self
            .symbols
            .own(&format!("the clock moves to {}", words::clock(at)));
        let lead = format!("{} ", self.symbols.dash());
        self.aside((Tone::Dim, ""), gutter, (Tone::Note, &lead), &words);
    }

    fn note(&mut self, gutter: Gutter, words: &str) {
        let gutter = Gutter {
            acts: None,
            ..gutter
        };
        let lead = format!("{} ", self.symbols.note());
        self.aside((Tone::Dim, ""), gutter, (Tone::Note, &lead), words);
    }

    /// The lanes that can never go on, each on the line where it stands.
    fn stuck(&mut self) {
        let after = self.timeline.steps.len().saturating_sub(1);
        let (shown, hidden): (Vec<_>, Vec<_>) = self
            .timeline
            .outcome
            .stuck
            .iter()
            .partition(|s| self.folded.lanes.contains(&s.lane));
        for stuck in shown {
            let gutter = Gutter {
                after,
                acts: Some((stuck.lane, Symbol::Fails)),
            };
            let line = self.begin((Tone::Bad, self.symbols.bad()), gutter);
            let what = (Tone::Bad, stuck.what.as_str());
            self.body(line, gutter, stuck.place.as_ref(), what, "");
        }
        if !hidden.is_empty() {
            let names: Vec<&str> = hidden
                .iter()
                .map(|s| self.timeline.lanes[s.lane].name.as_str())
                .collect();
            let words = format!("stuck as well: {}", words::list(&names, 6));
            self.paragraph((Tone::Bad, &format!("  {} ", self.symbols.bad())), &words);
        }
    }

    /// A row up to the end of the lanes.
    fn begin(&self, (tone, number): (Tone, &str), gutter: Gutter) -> Line {
        let mut line = Line::default();
        line.skip_to(self.layout.number.saturating_sub(width(number)));
        line.put(tone, number);
        for (lane, at) in self.folded.lanes.iter().zip(&self.layout.lanes) {
            let state = self.replay.state(*lane, gutter.after);
            let (tone, symbol) = match (gutter.acts, state) {
                (Some((l, Symbol::Fails)), _) if l == *lane => (Tone::Bad, Symbol::Fails),
                (Some((l, symbol)), _) if l == *lane => (Tone::Lane(l), symbol),
                (_, State::Absent) => continue,
                (_, State::Runs) => (Tone::Lane(*lane), Symbol::Runs),
                (_, State::Holds) => (Tone::Lane(*lane), Symbol::Holds),
                (_, State::Blocked) => (Tone::Lane(*lane), Symbol::Blocked),
            };
            line.skip_to(*at);
            line.put(tone, self.symbols.draw(symbol));
        }
        line
    }

    /// The rest of a row: the source line, then what happened, on as many lines as that needs.
    fn body(
        &mut self,
        mut line: Line,
        gutter: Gutter,
        place: Option<&Place>,
        (tone, what): (Tone, &str),
        values: &str,
    ) {
        let layout = &self.layout;
        if let Some(place) = place {
            let dots = self.symbols.dots();
            let label = layout.labels.clipped(place, layout.label_width, dots);
            line.skip_to(layout.label + layout.label_width - width(&label));
            line.put(Tone::Dim, &label);
            line.skip_to(layout.code);
            let lane = gutter
                .acts
                .map_or(Tone::Plain, |(lane, _)| Tone::Lane(lane));
            line.put(lane, &clip(&place.source, layout.code_width, dots));
        }
        let (at, room) = (layout.what, layout.width - layout.what);
        let stacked = layout.stacked && place.is_some_and(|p| !p.source.is_empty());
        let after = Gutter {
            acts: None,
            ..gutter
        };
        let mut written = false;
        for pieces in flow(tone, what, values, room) {
            if written || stacked {
                line.end(self.colour, &mut self.out);
                line = self.begin((Tone::Dim, ""), after);
            }
            written = true;
            line.skip_to(at);
            for (tone, piece) in pieces {
                line.put(tone, &piece);
            }
        }
        line.end(self.colour, &mut self.out);
    }

    /// A row without a source line, in the columns of the source and what happened.
    fn aside(
        &mut self,
        number: (Tone, &str),
        gutter: Gutter,
        (tone, lead): (Tone, &str),
        words: &str,
    ) {
        let at = self.layout.code;
        let room = self.layout.width - at - width(lead);
        for (i, words) in wrap(words, room).into_iter().enumerate() {
            let mut line = self.begin(if i == 0 { number } else { (Tone::Dim, "") }, gutter);
            line.skip_to(at);
            if i == 0 {
                line.put(tone, lead);
            }
            line.skip_to(at + width(lead));
            line.put(tone, &words.replace(HARD_SPACE, " "));
            line.end(self.colour, &mut self.out);
        }
    }
}

/// What happened and the changed values, in lines of at most `room` columns.
fn flow(tone: Tone, what: &str, values: &str, room: usize) -> Vec<Vec<(Tone, String)>> {
    let mut lines: Vec<Vec<(Tone, String)>> = Vec::new();
    let words = wrap(what, room);
    let end = words.last().map_or(0, |last| width(last));
    lines.extend(words.into_iter().map(|w| vec![(tone, w)]));
    if values.is_empty() {
        return lines;
    }
    match lines.last_mut() {
        Some(last) if end + 2 + width(values) <= room => {
            last.push((Tone::Plain, "  ".to_string()));
            last.push((Tone::Strong, values.to_string()));
        }
        _ => {
            let values = wrap(values, room);
            lines.extend(values.into_iter().map(|v| vec![(Tone::Strong, v)]));
        }
    }
    lines
}

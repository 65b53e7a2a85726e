//! Draws a plan.

use super::bars::{Bar, BarKind};
use super::draft::{Card, Kind, Mark};
use super::paint::{Canvas, Size, Tone, escape};
use super::plan::{Band, Lane, Plan, Wrapped, name};
use crate::clean::clip;
use crate::model::Timeline;
use crate::replay::{Replay, State};

pub(super) struct Draw<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) replay: &'a Replay<'a>,
    pub(super) plan: &'a Plan,
    pub(super) canvas: Canvas,
}

impl Draw<'_> {
    /// Everything between the title and the summary; the height that it reaches down to.
    pub(super) fn body(&mut self) -> usize {
        let plan = self.plan;
        for lane in &plan.lanes {
            self.lane(lane);
        }
        for bar in &plan.bars {
            self.bar(bar);
        }
        for band in &plan.bands {
            self.band(band);
        }
        if let Some(x) = plan.values {
            let at = (x, plan.top - 20);
            self.canvas.text(at, Size::Small, Tone::Dim, "afterwards");
        }
        super::arrows::draw(self)
    }

    /// The name of a lane and its line: dashed where it is blocked, nothing where it is not yet
    /// or no longer there.
    fn lane(&mut self, lane: &Lane) {
        let tone = Tone::Lane(lane.lane);
        let name = name(self.timeline, lane.lane);
        let x = lane.x.saturating_sub(5);
        let bold = "font-weight=\"700\"";
        let at = (x, self.plan.top - 20);
        self.canvas.styled_text(at, Size::Code, tone, bold, &name);

        let born = self.replay.born[lane.lane].is_some();
        let mut from = self.plan.top - 10;
        let mut state = if born { State::Absent } else { State::Runs };
        for band in &self.plan.bands {
            let Some((_, last)) = band.draft.steps else {
                continue;
            };
            let next = match self.replay.state(lane.lane, last) {
                State::Holds => State::Runs,
                state => state,
            };
            if next == state {
                continue;
            }
            self.segment(lane.x, from, band.mark(), state);
            if next == State::Absent {
                let (left, right) = (
                    (lane.x - 5, band.mark() + 14),
                    (lane.x + 5, band.mark() + 14),
                );
                self.segment(lane.x, band.mark(), band.mark() + 14, State::Runs);
                self.canvas.line(left, right, &line(false));
            }
            (from, state) = (band.mark(), next);
        }
        self.segment(lane.x, from, self.plan.bottom, state);
    }

    fn segment(&mut self, x: usize, from: usize, to: usize, state: State) {
        if state != State::Absent && from < to {
            let line = line(state == State::Blocked);
            self.canvas.line((x, from), (x, to), &line);
        }
    }

    fn bar(&mut self, bar: &Bar) {
        let (top, height) = (bar.y1, bar.y2.saturating_sub(bar.y1));
        let (x, tone) = (bar.x - 6, Tone::Lane(bar.lane));
        let who = &self.timeline.lanes[bar.lane].name;
        let object = &self.timeline.objects[bar.object].name;
        let (shape, told, ink) = match bar.kind {
            BarKind::Held => (tone.fill(), format!("{who} holds {object}"), Tone::OnBar),
            BarKind::Stale => (
                format!(
                    "fill=\"none\" stroke-dasharray=\"3 2\" {}",
                    Tone::Wait.stroke()
                ),
                format!("{who} acts on an old value of {object}"),
                Tone::Wait,
            ),
        };
        self.canvas.element(&format!(
            "<rect x=\"{x}\" y=\"{top}\" width=\"12\" height=\"{height}\" {shape}><title>{}</title></rect>",
            escape(&told)
        ));
        let fit = Size::Small.columns(height.saturating_sub(4));
        if fit < 3 {
            return;
        }
        // Beside all texts, arrows cross the lower part of a bar.
        let (x, y, anchor) = if self.plan.aside {
            (bar.x + 4, bar.y1 + 4, "end")
        } else {
            (bar.x + 4, bar.y1 + height / 2, "middle")
        };
        let weight = match bar.kind {
            BarKind::Held => " font-weight=\"700\"",
            BarKind::Stale => "",
        };
        self.canvas.element(&format!(
            "<text transform=\"translate({x} {y}) rotate(-90)\" text-anchor=\"{anchor}\" font-size=\"11\"{weight} {}>{}</text>",
            ink.fill(),
            escape(&clip(&bar.name, fit, "…"))
        ));
    }

    fn band(&mut self, band: &Band) {
        let plan = self.plan;
        let y = band.mark() + 4;
        if !band.draft.number.is_empty() {
            let tone = if band.draft.kind == Kind::Clock {
                Tone::Wait
            } else {
                Tone::Dim
            };
            let at = (plan.number, y);
            let end = "text-anchor=\"end\"";
            self.canvas
                .styled_text(at, Size::Small, tone, end, &band.draft.number);
        }
        if band.draft.kind == Kind::Clock {
            let (from, to) = ((plan.number + 6, y - 4), (plan.width, y - 4));
            let rule = format!("stroke-dasharray=\"1 4\" {}", Tone::Wait.stroke());
            self.canvas.line(from, to, &rule);
        }
        for (card, text) in band.draft.cards.iter().zip(&band.cards) {
            self.card(band, card, text);
        }
        let Some(x) = plan.values else { return };
        let above = 7 * band.draft.values.len().saturating_sub(1);
        let first = (y.saturating_sub(above)).max(band.y + 12);
        for (i, (value, changed)) in band.draft.values.iter().enumerate() {
            let at = (x, first + 14 * i);
            if *changed {
                let bold = "font-weight=\"700\"";
                self.canvas
                    .styled_text(at, Size::Code, Tone::Ink, bold, value);
            } else {
                self.canvas.text(at, Size::Small, Tone::Dim, value);
            }
        }
    }

    fn card(&mut self, band: &Band, card: &Card, text: &Wrapped) {
        let lane = &self.plan.lanes[card.column];
        if card.mark == Mark::Cross {
            let (x, y) = (lane.text - 6, band.y + 2);
            let (width, height) = (lane.text_width + 12, band.height - 4);
            self.canvas.element(&format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"5\" fill=\"#cc1f3a\" fill-opacity=\".09\" stroke-dasharray=\"4 3\" {}/>",
                Tone::Bad.stroke()
            ));
        }
        self.mark(card.mark, lane, band.mark());
        let mut y = band.y + if band.draft.kind == Kind::Gap { 4 } else { 3 };
        for line in &text.code {
            y += 16;
            self.canvas
                .text((lane.text, y), Size::Code, Tone::Ink, line);
        }
        if text.code.is_empty() && band.draft.kind != Kind::Gap {
            y += 8;
        }
        for (tone, line) in &text.words {
            y += 14;
            self.canvas
                .text((lane.text, y + 1), Size::Small, *tone, line);
        }
    }

    fn mark(&mut self, mark: Mark, lane: &Lane, y: usize) {
        let (x, tone) = (lane.x, Tone::Lane(lane.lane));
        let element = match mark {
            Mark::Dot => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"6\" {}/>", tone.fill()),
            Mark::Ring => format!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"none\" stroke-width=\"2\" {}/>",
                tone.stroke()
            ),
            Mark::Cross => format!(
                "<path d=\"M{} {}l9 9m0 -9l-9 9\" fill=\"none\" stroke-width=\"2\" {}/>",
                x - 4,
                y - 4,
                Tone::Bad.stroke()
            ),
            Mark::Dots => {
                let dot =
                    |dy: usize| format!("<circle cx=\"{x}\" cy=\"{}\" r=\"1.6\"/>", y + dy - 5);
                [dot(0), dot(5), dot(10)].concat()
            }
        };
        self.canvas.element(&element);
    }
}

fn line(dashed: bool) -> String {
    let dashes = if dashed {
        " stroke-dasharray=\"2 4\""
    } else {
        ""
    };
    format!("stroke-width=\"1.5\"{dashes} {}", Tone::Dim.stroke())
}

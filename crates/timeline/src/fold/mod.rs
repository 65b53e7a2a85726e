//! Leaves out what does not matter, and says so.
//!
//! What matters is found by going back from the end: see [`relevance`]. The widest view that
//! gives a picture of a readable length is taken, and no view leaves out a step that explains
//! the end.

mod gaps;
mod lanes;
mod loops;
mod relevance;

use crate::model::{Effect, Step, Timeline};
use crate::replay::Replay;
use relevance::{Reach, Weight};

/// What remains of a timeline to be drawn.
pub(crate) struct Folded {
    pub(crate) rows: Vec<Row>,
    /// The lanes that are shown, in their order.
    pub(crate) lanes: Vec<usize>,
    /// The lanes that are not.
    pub(crate) hidden: Vec<usize>,
}

impl Folded {
    /// The row that shows a step or says that it was left out.
    pub(crate) fn row_of(&self, step: usize) -> Option<usize> {
        self.rows.iter().position(|row| match row {
            Row::Step { step: s, times } => (*s..s + times).contains(&step),
            Row::Gap { first, last, .. } => (*first..=*last).contains(&step),
        })
    }
}

/// One row of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// A step, done so many times in a row.
    Step { step: usize, times: usize },
    /// The steps `first..=last`, left out, and what they are.
    Gap {
        first: usize,
        last: usize,
        text: String,
        /// The values that they changed are worth telling.
        values: bool,
    },
}

/// What stands between the weights of the steps and the rows.
#[derive(Clone, Copy, Debug)]
enum Item {
    Step(usize),
    /// From the first to the last step that is left out.
    Gap(usize, usize),
}

/// A picture of more rows than this is made shorter by looking less far.
const COMFORTABLE: usize = 24;
/// No picture has many more rows than this.
const MOST_ROWS: usize = 60;

/// The rows and lanes that are worth drawing.
pub(crate) fn fold(timeline: &Timeline, replay: &Replay) -> Folded {
    let wide = view(timeline, replay, Reach::Wide);
    if wide.rows.len() <= COMFORTABLE {
        return wide;
    }
    view(timeline, replay, Reach::Direct)
}

fn view(timeline: &Timeline, replay: &Replay, reach: Reach) -> Folded {
    let weights = relevance::weigh(timeline, replay, reach);
    let (shown, hidden) = lanes::choose(timeline, replay, &weights);
    let mut show: Vec<bool> = weights
        .iter()
        .zip(&timeline.steps)
        .map(|(weight, step)| *weight >= Weight::Part && shown.contains(&step.lane))
        .collect();
    show.truncate(told(timeline, replay));
    let visible = |step: usize| shown.contains(&timeline.steps[step].lane);
    let mut rows = rows(timeline, &weights, &hidden, &items(&show, visible));
    if rows.len() > MOST_ROWS {
        shorten(&weights, &rows, &mut show);
        rows = self::rows(timeline, &weights, &hidden, &items(&show, visible));
    }
    Folded {
        rows,
        lanes: shown,
        hidden,
    }
}

/// How many steps there are to tell: what `main` drops on its way out, after the panic that ends
/// it, explains nothing.
fn told(timeline: &Timeline, replay: &Replay) -> usize {
    let steps = &timeline.steps;
    let of_main = |step: &&usize| steps[**step].lane == 0;
    let Some(panic) = replay.fatal.iter().rfind(of_main) else {
        return steps.len();
    };
    let way_out = |step: &&Step| step.lane == 0 && !step.effects.contains(&Effect::Lost);
    let after = steps[panic + 1..].iter();
    steps.len() - after.rev().take_while(way_out).count()
}

/// A single step takes no more room than the words that it was left out; it is shown where it
/// is `visible` at all.
fn items(show: &[bool], visible: impl Fn(usize) -> bool) -> Vec<Item> {
    let mut items = Vec::new();
    let mut step = 0;
    while step < show.len() {
        let gap = show[step..].iter().take_while(|s| !**s).count();
        match gap {
            0 => items.push(Item::Step(step)),
            1 if visible(step) => items.push(Item::Step(step)),
            _ => items.push(Item::Gap(step, step + gap - 1)),
        }
        step += gap.max(1);
    }
    items
}

fn rows(timeline: &Timeline, weights: &[Weight], hidden: &[usize], items: &[Item]) -> Vec<Row> {
    let row = |item: &Item| match *item {
        Item::Step(step) => Row::Step { step, times: 1 },
        Item::Gap(first, last) => Row::Gap {
            first,
            last,
            text: gaps::describe(timeline, weights, hidden, first..=last),
            values: weights[first..=last].iter().any(|w| *w >= Weight::Part),
        },
    };
    let mut rows = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let Some(rounds) = loops::find(timeline, weights, &items[at..]) else {
            rows.push(row(&items[at]));
            at += 1;
            continue;
        };
        let (length, times) = (rounds.length, rounds.times);
        let end = at + length * times;
        match items[at] {
            Item::Step(step) if length == 1 && rounds.exact => {
                rows.push(Row::Step { step, times });
            }
            _ => {
                rows.extend(items[at..at + length].iter().map(row));
                let above = match length {
                    1 => "the step above".to_string(),
                    _ => format!("the {length} rows above"),
                };
                let values = if rounds.exact { "" } else { ", values apart" };
                rows.push(Row::Gap {
                    first: begin(items[at + length]),
                    last: finish(items[end - 1]),
                    text: format!("{above}, ×{times} in all{values}"),
                    values: true,
                });
            }
        }
        at = end;
    }
    rows
}

fn begin(item: Item) -> usize {
    match item {
        Item::Step(step) | Item::Gap(step, _) => step,
    }
}

fn finish(item: Item) -> usize {
    match item {
        Item::Step(step) | Item::Gap(_, step) => step,
    }
}

/// Keeps the steps that explain the end, and of the others the latest.
fn shorten(weights: &[Weight], rows: &[Row], show: &mut [bool]) {
    let steps: Vec<usize> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Step { step, .. } => Some(*step),
            Row::Gap { .. } => None,
        })
        .collect();
    let key = |step: &&usize| weights[**step] == Weight::Key;
    let keys = steps.iter().filter(key).rev().take(MOST_ROWS / 2);
    let others = steps.iter().filter(|s| !key(s)).rev();
    let room = MOST_ROWS / 2 - keys.clone().count().min(MOST_ROWS / 2 - 10);
    let keep: Vec<usize> = keys.chain(others.take(room)).copied().collect();
    for (step, show) in show.iter_mut().enumerate() {
        *show = keep.contains(&step);
    }
}

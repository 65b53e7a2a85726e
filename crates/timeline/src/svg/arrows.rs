//! The arrows from a lane that is stuck to what it waits for.

use super::bars::{Bar, BarKind};
use super::draft::Kind;
use super::draw::Draw;
use super::paint::Tone;
use super::plan::Lane;
use crate::model::Stuck;

/// From one arrow to the next below the rows.
const STEP: usize = 14;

/// Draws them all; returns the height that they reach down to.
pub(super) fn draw(draw: &mut Draw<'_>) -> usize {
    if draw.plan.aside {
        across(draw);
        return draw.plan.bottom + 8;
    }
    below(draw)
}

/// Below the rows: out of the box, along, and up to the bar or the lane.
fn below(draw: &mut Draw<'_>) -> usize {
    let plan = draw.plan;
    let mut routes: Vec<(usize, usize, usize)> = Vec::new();
    for stuck in &draw.timeline.outcome.stuck {
        let Some((from, to)) = ends(draw, stuck) else {
            continue;
        };
        let target = to.1.map_or(to.0.x, |bar| bar.x);
        let bottom = to.1.map_or(plan.bottom, |bar| bar.y2);
        routes.push((from.text, target, bottom));
    }
    // Short ways stay near the boxes, so that long ones can pass below them.
    routes.sort_by_key(|(from, to, _)| from.abs_diff(*to));
    for (level, (text, target, bottom)) in routes.iter().enumerate() {
        let start = text + 24;
        let y = plan.bottom + 16 + STEP * level;
        draw.canvas.element(&format!(
            "<path d=\"M{start} {}V{y}H{target}V{}\" fill=\"none\" stroke-width=\"1.8\" stroke-dasharray=\"4 3\" {}/>",
            plan.bottom - 2,
            bottom + 8,
            Tone::Wait.stroke()
        ));
        draw.canvas.element(&format!(
            "<path d=\"M{target} {bottom}l-5 9h10z\" {}/>",
            Tone::Wait.fill()
        ));
    }
    match routes.len() {
        0 => plan.bottom + 8,
        n => plan.bottom + 16 + STEP * (n - 1) + 6,
    }
}

/// In the row of the stuck lane, across the lanes between.
fn across(draw: &mut Draw<'_>) {
    let plan = draw.plan;
    let rows = plan.bands.iter().filter(|b| b.draft.kind == Kind::Stuck);
    let shown = |s: &&Stuck| plan.lanes.iter().any(|l| l.lane == s.lane);
    let stuck = draw.timeline.outcome.stuck.iter().filter(shown);
    for (band, stuck) in rows.zip(stuck) {
        let Some((from, to)) = ends(draw, stuck) else {
            continue;
        };
        let target = to.1.map_or(to.0.x, |bar| bar.x);
        let right = target > from.x;
        let y = band.mark();
        let (start, tip) = if right {
            (
                from.x + 9,
                target.saturating_sub(if to.1.is_some() { 6 } else { 0 }),
            )
        } else {
            (
                from.x.saturating_sub(9),
                target + if to.1.is_some() { 6 } else { 0 },
            )
        };
        let (head, back) = if right {
            ("-9 -5v10", tip - 8)
        } else {
            ("9 -5v10", tip + 8)
        };
        draw.canvas.element(&format!(
            "<path d=\"M{start} {y}H{back}\" fill=\"none\" stroke-width=\"1.8\" stroke-dasharray=\"4 3\" {}/>",
            Tone::Wait.stroke()
        ));
        draw.canvas.element(&format!(
            "<path d=\"M{tip} {y}l{head}z\" {}/>",
            Tone::Wait.fill()
        ));
    }
}

/// The lane that waits, and the lane and the bar that it waits for.
fn ends<'a>(draw: &Draw<'a>, stuck: &Stuck) -> Option<(&'a Lane, (&'a Lane, Option<&'a Bar>))> {
    let plan = draw.plan;
    let lane = |lane: usize| plan.lanes.iter().find(|l| l.lane == lane);
    let waits_for = stuck.waits_for?;
    let bar = plan.bars.iter().find(|b| {
        b.open && b.kind == BarKind::Held && b.lane == waits_for && Some(b.object) == stuck.object
    });
    Some((lane(stuck.lane)?, (lane(waits_for)?, bar)))
}

//! Which lanes get a column.

use std::cmp::Reverse;

use super::relevance::{self, Weight};
use crate::model::Timeline;
use crate::replay::Replay;

/// So many lanes are always shown.
const ALWAYS: usize = 5;
/// More are never shown.
const MOST: usize = 8;

/// The lanes to show and those to leave out, each in their order.
///
/// Up to five are all shown. Of more, those that play a part: first the ones that fail or are
/// waited for, then those whose steps explain the end, then those that touch what matters.
pub(super) fn choose(
    timeline: &Timeline,
    replay: &Replay,
    weights: &[Weight],
) -> (Vec<usize>, Vec<usize>) {
    let all = 0..timeline.lanes.len();
    if all.len() <= ALWAYS {
        return (all.collect(), Vec::new());
    }
    let actors = relevance::actors(timeline, replay);
    let steps = || timeline.steps.iter().zip(weights);
    let heaviest = |lane: usize| {
        let own = steps().filter(|(s, _)| s.lane == lane);
        own.map(|(_, weight)| *weight).max()
    };
    let part = |lane: &usize| (actors.contains(lane), heaviest(*lane));
    let mut order: Vec<usize> = all
        .clone()
        .filter(|lane| part(lane) >= (false, Some(Weight::Part)))
        .collect();
    order.sort_by_key(|lane| Reverse(part(lane)));
    order.truncate(MOST);
    if order.is_empty() {
        order = all.clone().take(ALWAYS).collect();
    }
    all.partition(|lane| order.contains(lane))
}

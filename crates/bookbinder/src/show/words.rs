//! A schedule in words, for whoever has no room for the picture or cannot see it.

use timeline::{Place, Timeline};

use crate::html;

/// The steps as an ordered list, with the end after it.
pub fn words(timeline: &Timeline) -> String {
    let lane = |lane: usize| timeline.lanes.get(lane).map_or("?", |l| l.name.as_str());
    let mut items = String::new();
    for step in &timeline.steps {
        items.push_str(&item(lane(step.lane), &step.what, step.place.as_ref()));
    }
    for stuck in &timeline.outcome.stuck {
        items.push_str(&item(lane(stuck.lane), &stuck.what, stuck.place.as_ref()));
    }
    let end = html::escape(&timeline.outcome.summary);
    format!("<ol class=\"schedule-in-words\">{items}</ol><p class=\"end-in-words\">{end}</p>")
}

fn item(lane: &str, what: &str, place: Option<&Place>) -> String {
    let (lane, what) = (html::escape(lane), html::escape(what));
    let place = place.map_or_else(String::new, |place| {
        let source = html::escape(&place.source);
        format!(
            " <span class=\"at\">(line {}: <code>{source}</code>)</span>",
            place.line
        )
    });
    format!("<li><b>{lane}</b> {what}{place}</li>").replace('\n', " ")
}

//! The scheduler to play: the graph of all schedules of a program, and its code.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::explanation::Explanation;
use super::{Label, picture};
use crate::evidence::Evidence;
use crate::html;
use crate::rust;
use crate::workshop::{Pair, Version, Workshop};

/// How large a graph may be.
const MOST_BYTES: usize = 50_000;

/// As much of a graph as it takes to find the code that a lane runs.
#[derive(Deserialize)]
struct Graph {
    lanes: Vec<Lane>,
    #[serde(default)]
    places: Vec<Place>,
    #[serde(default)]
    steps: Vec<Step>,
    #[serde(default)]
    stands: Vec<Stand>,
    states: Vec<State>,
}

#[derive(Deserialize)]
struct Lane {
    #[serde(default)]
    spawned: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    file: String,
    line: usize,
}

#[derive(Deserialize)]
struct Step {
    lane: usize,
    #[serde(default)]
    place: Option<usize>,
}

#[derive(Deserialize)]
struct Stand {
    #[serde(default)]
    place: Option<usize>,
}

#[derive(Deserialize)]
struct State {
    lanes: Vec<Option<usize>>,
}

/// What the player reads.
#[derive(Serialize)]
struct Game<'g> {
    title: &'g str,
    graph: &'g RawValue,
    code: Vec<Vec<Line<'g>>>,
}

/// The number of a line and its text; a gap has no number.
type Line<'s> = (Option<usize>, &'s str);

/// The scheduler to play for the broken program of a pair; without scripts, its picture.
pub fn play(
    workshop: &Workshop,
    evidence: &Evidence,
    pair: &Pair,
    label: &Label,
) -> Result<String> {
    let finding = evidence.finding(pair, Version::Broken)?;
    let file = pair.file(Version::Broken);
    let Some(raw) = &finding.graph else {
        bail!(
            "there is no graph of {file}: its schedules are too many, or the explorer cannot merge \
             them; show it with {{{{#picture {}}}}}",
            pair.name
        );
    };
    let size = raw.get().len();
    if size > MOST_BYTES {
        bail!(
            "the graph of {file} has {size} bytes, and may have {MOST_BYTES}; make the program \
             smaller, or show it with {{{{#picture {}}}}}",
            pair.name
        );
    }
    let graph: Graph = serde_json::from_str(raw.get())
        .with_context(|| format!("the graph of {file} is not one"))?;
    let source = workshop.read(&file)?;
    let subject = Explanation::of(workshop, pair)?.subject.replace('\n', " ");
    let game = Game {
        title: subject.trim_end_matches('.'),
        graph: raw,
        code: code(&graph, &file, &source)?,
    };
    // `<` occurs in strings only. Written so, nothing in them can end the element.
    let game = serde_json::to_string(&game)?.replace('<', "\\u003c");
    let picture = picture::contents(&finding, pair, Version::Broken, label);
    Ok(html::block(&format!(
        "<figure class=\"play {}\" id=\"{}\" data-pair=\"{}\">\n<div class=\"play-fallback\">\n{picture}\n</div>\n\
         <script type=\"application/json\">{game}</script>\n</figure>",
        picture::outcome(Version::Broken),
        label.id,
        pair.short()
    )))
}

/// For each lane the functions that it comes through.
fn code<'s>(graph: &Graph, file: &str, source: &'s str) -> Result<Vec<Vec<Line<'s>>>> {
    let mut passed = vec![BTreeSet::new(); graph.lanes.len()];
    let mut pass = |lane: usize, place: Option<&Place>| {
        let place = place.filter(|place| place.file == file);
        if let (Some(lines), Some(place)) = (passed.get_mut(lane), place) {
            lines.insert(place.line);
        }
    };
    let place = |index: Option<usize>| index.and_then(|index| graph.places.get(index));
    for (lane, of) in graph.lanes.iter().enumerate() {
        pass(lane, of.spawned.as_ref());
    }
    for step in &graph.steps {
        pass(step.lane, place(step.place));
    }
    for state in &graph.states {
        for (lane, stand) in state.lanes.iter().enumerate() {
            let stand = stand.and_then(|stand| graph.stands.get(stand));
            pass(lane, stand.and_then(|stand| place(stand.place)));
        }
    }
    let functions = rust::functions(source).with_context(|| file.to_owned())?;
    let excerpts = passed
        .iter()
        .map(|lines| excerpt(lines, &functions, source));
    Ok(excerpts.collect())
}

/// The functions around these lines, with gaps between them.
fn excerpt<'s>(
    lines: &BTreeSet<usize>,
    functions: &[(usize, usize)],
    source: &'s str,
) -> Vec<Line<'s>> {
    let mut shown = BTreeSet::new();
    for &line in lines {
        let around = functions
            .iter()
            .filter(|(first, last)| (*first..=*last).contains(&line));
        // The innermost function begins last.
        let (first, last) = around.max().copied().unwrap_or((line, line));
        shown.extend(first..=last);
    }
    let mut excerpt = Vec::new();
    let mut before = None;
    for line in shown {
        if before.is_some_and(|before| before + 1 < line) {
            excerpt.push((None, ""));
        }
        let text = source.lines().nth(line - 1).unwrap_or_default();
        excerpt.push((Some(line), text));
        before = Some(line);
    }
    excerpt
}

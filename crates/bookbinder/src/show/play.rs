//! The scheduler to play: the graph of all schedules of a program, and its code.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde::Serialize;
use timeline::{Graph, Place};

use super::explanation::Explanation;
use super::{Label, picture};
use crate::evidence::Evidence;
use crate::figures::Figure;
use crate::rust;
use crate::workshop::{Pair, Version, Workshop};

/// How large a graph may be.
const MOST_BYTES: usize = 50_000;

/// What the player reads.
#[derive(Serialize)]
struct Game<'g> {
    title: &'g str,
    graph: &'g Graph,
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
) -> Result<Figure> {
    let finding = evidence.finding(pair, Version::Broken)?;
    let file = pair.file(Version::Broken);
    let Some(graph) = &finding.report.graph else {
        bail!(
            "there is no graph of {file}: its schedules are too many, or the explorer cannot merge \
             them; show it with {{{{#picture {}}}}}",
            pair.name
        );
    };
    let size = serde_json::to_string(graph)?.len();
    if size > MOST_BYTES {
        bail!(
            "the graph of {file} has {size} bytes, and may have {MOST_BYTES}; make the program \
             smaller, or show it with {{{{#picture {}}}}}",
            pair.name
        );
    }
    let source = workshop.read(&file)?;
    let subject = Explanation::of(workshop, pair)?.subject.replace('\n', " ");
    let game = Game {
        title: subject.trim_end_matches('.'),
        graph,
        code: code(graph, &file, &source)?,
    };
    // `<` occurs in strings only. Written so, nothing in them can end the element.
    let game = serde_json::to_string(&game)?.replace('<', "\\u003c");
    let picture = picture::contents(&finding, pair, Version::Broken, label);
    let board = format!(
        "<div class=\"play-fallback\">\n{picture}\n</div>\n\
         <script type=\"application/json\">{game}</script>"
    );
    let figure =
        |class, contents: &str| picture::figure(class, pair, Version::Broken, label, contents);
    Ok(Figure {
        id: label.id.clone(),
        html: figure("play", &board),
        on_paper: Some(figure("picture", &picture)),
    })
}

/// For each lane the functions that it comes through.
fn code<'s>(graph: &Graph, file: &str, source: &'s str) -> Result<Vec<Vec<Line<'s>>>> {
    let mut passed = vec![BTreeSet::new(); graph.lanes.len()];
    let mut pass = |lane: usize, place: Option<&Place>| {
        let place = place.filter(|place| place.file == file);
        if let (Some(lines), Some(place)) = (passed.get_mut(lane), place) {
            lines.insert(place.line as usize);
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

//! `check --json`: one document for another program.

use anyhow::Result;
use serde::Serialize;
use timeline::{Coverage, SCHEMA, Timeline, World};

use crate::grading::Graded;
use crate::style;
use crate::verdict::{Property, Verdict};
use crate::workshop::Exercise;

#[derive(Serialize)]
struct Document<'g> {
    schema: u32,
    exercises: Vec<OneExercise<'g>>,
}

#[derive(Serialize)]
struct OneExercise<'g> {
    chapter: &'g str,
    exercise: &'g str,
    verdict: Verdict,
    properties: Vec<OneProperty<'g>>,
}

/// What no world has recorded is `null`.
#[derive(Serialize)]
struct OneProperty<'g> {
    name: &'g str,
    world: Option<World>,
    verdict: Verdict,
    schedules: Option<u64>,
    bound: Option<u32>,
    message: String,
    token: Option<String>,
    timeline: Option<&'g Timeline>,
}

/// The document, with a line break at its end.
///
/// # Errors
/// Never in practice: everything in it can be written as JSON.
pub fn document(graded: &[(&Exercise, Graded)]) -> Result<String> {
    let exercises = graded
        .iter()
        .map(|(exercise, graded)| OneExercise {
            chapter: &exercise.chapter,
            exercise: &exercise.name,
            verdict: graded.verdict,
            properties: graded.properties.iter().map(one_property).collect(),
        })
        .collect();
    let document = Document {
        schema: SCHEMA,
        exercises,
    };
    Ok(serde_json::to_string(&document)? + "\n")
}

fn one_property(property: &Property) -> OneProperty<'_> {
    let report = property.report.as_ref();
    OneProperty {
        name: &property.name,
        world: report.map(|report| report.world),
        verdict: property.verdict,
        schedules: report.map(|report| report.schedules),
        bound: report.and_then(|report| match report.coverage {
            Coverage::Everything | Coverage::OneRun => None,
            Coverage::UpTo { bound } | Coverage::Exhausted { bound } => Some(bound),
        }),
        message: style::without_colour(&property.message),
        token: property.token(),
        timeline: report.and_then(|report| report.timeline.as_ref()),
    }
}

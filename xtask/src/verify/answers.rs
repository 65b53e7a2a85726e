//! Pairs, stubs, solutions and wrong answers: one build for a chapter, and all of it is run.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use super::header::{self, CaughtBy};
use super::tally::Tally;
use crate::demo;
use crate::grading::{self, Answer, Question};
use crate::judge::Subject;
use crate::run::Outcome;
use crate::terms::Terms;
use crate::verdict::{self, Property, Verdict};
use crate::workshop::{Chapter, Workshop, rust_files};

/// What is expected of an answer.
enum Expected {
    /// Both versions of each of these pairs behave as the chapter states.
    Pairs(Vec<String>),
    /// At least one property fails.
    Unsolved,
    /// Every property passes.
    Right,
    /// These properties catch it.
    Caught(Vec<CaughtBy>),
}

/// Judges everything that a chapter has.
///
/// # Errors
/// When the runner cannot do its work.
pub fn verify(
    workshop: &Workshop,
    chapter: &Chapter,
    terms: Terms,
    tally: &mut Tally,
) -> Result<()> {
    let mut cases: Vec<(String, Question, Expected)> = Vec::new();
    if let (Some(krate), Some(subject)) = (&chapter.krate, Subject::chapter(chapter)) {
        let pairs = demo::pairs(krate)?;
        cases.push((
            workshop.shown(krate),
            Question::all(subject),
            Expected::Pairs(pairs),
        ));
    }
    for exercise in &chapter.exercises {
        let stub = Question::all(Subject::stub(exercise));
        cases.push((workshop.shown(&exercise.lib()), stub, Expected::Unsolved));
        let solution = Question::all(Subject::solution(exercise));
        cases.push((
            workshop.shown(&exercise.solution()),
            solution,
            Expected::Right,
        ));
        for lib in rust_files(&exercise.solution_dir.join("other"))? {
            let name = workshop.shown(&lib);
            let question = Question::all(Subject::another(exercise, "other", lib));
            cases.push((name, question, Expected::Right));
        }
        for lib in rust_files(&exercise.solution_dir.join("wrong"))? {
            let name = workshop.shown(&lib);
            let source = fs::read_to_string(&lib).with_context(|| format!("cannot read {name}"))?;
            match header::read(&source) {
                Err(complaint) => tally.note(&name, Err(complaint)),
                Ok(caught) => {
                    let only = caught
                        .iter()
                        .map(|caught| caught.property.clone())
                        .collect();
                    let subject = Subject::another(exercise, "wrong", lib);
                    let question = Question {
                        only: Some(only),
                        ..Question::all(subject)
                    };
                    cases.push((name, question, Expected::Caught(caught)));
                }
            }
        }
    }
    let questions: Vec<Question> = cases
        .iter()
        .map(|(_, question, _)| question.clone())
        .collect();
    let answers = grading::ask(workshop, &questions, terms)?;
    for ((name, _, expected), answer) in cases.into_iter().zip(answers) {
        note(&name, expected, answer, terms.limit, tally);
    }
    Ok(())
}

fn note(name: &str, expected: Expected, answer: Answer, limit: Duration, tally: &mut Tally) {
    let outcomes = match answer {
        Ok(outcomes) => outcomes,
        Err(obstacle) => return tally.note(name, Err(demo::told(&obstacle))),
    };
    if let Expected::Pairs(pairs) = expected {
        return note_pairs(name, &pairs, &outcomes, tally);
    }
    let properties: Vec<Property> = outcomes
        .into_iter()
        .map(|(property, outcome)| verdict::judge(&property, outcome, limit.as_secs_f64()))
        .collect();
    let found = match expected {
        Expected::Pairs(_) => Ok(()),
        Expected::Unsolved => unsolved(&properties),
        Expected::Right => right(&properties),
        Expected::Caught(caught) => caught.iter().try_for_each(|by| caught_by(by, &properties)),
    };
    tally.note(name, found);
}

fn note_pairs(name: &str, pairs: &[String], outcomes: &[(String, Outcome)], tally: &mut Tally) {
    for pair in pairs {
        for version in ["broken", "fixed"] {
            let check = format!("{pair}::{version}");
            if !outcomes.iter().any(|(found, _)| *found == check) {
                tally.note(
                    &format!("{name}: {check}"),
                    Err("there is no such check".to_owned()),
                );
            }
        }
    }
    for (check, outcome) in outcomes {
        let found = if demo::holds(outcome) {
            Ok(())
        } else {
            Err(verdict::complaint(outcome))
        };
        tally.note(&format!("{name}: {check}"), found);
    }
}

/// A stub that hangs or crashes tells a learner nothing.
fn unsolved(properties: &[Property]) -> Result<(), String> {
    if properties
        .iter()
        .any(|property| property.verdict == Verdict::Failed)
    {
        Ok(())
    } else {
        Err(format!(
            "no property fails for the stub\n{}",
            told(properties.iter())
        ))
    }
}

fn right(properties: &[Property]) -> Result<(), String> {
    let bad: Vec<&Property> = properties
        .iter()
        .filter(|property| property.verdict != Verdict::Passed)
        .collect();
    match (properties.is_empty(), bad.is_empty()) {
        (true, _) => Err("nothing was asked".to_owned()),
        (false, true) => Ok(()),
        (false, false) => Err(told(bad.into_iter())),
    }
}

fn caught_by(by: &CaughtBy, properties: &[Property]) -> Result<(), String> {
    match properties
        .iter()
        .find(|property| property.name == by.property)
    {
        None => Err(format!("grade.rs has no property {}", by.property)),
        Some(property) if property.verdict == by.verdict => Ok(()),
        Some(property) => Err(format!(
            "not caught as it says\n{}",
            told(std::iter::once(property))
        )),
    }
}

fn told<'p>(properties: impl Iterator<Item = &'p Property>) -> String {
    properties
        .map(|property| {
            let picture = property
                .report
                .as_ref()
                .and_then(|report| report.timeline.as_ref());
            let picture = picture.filter(|_| property.verdict != Verdict::Passed);
            let picture = picture.map_or_else(String::new, ToString::to_string);
            let printed = property.printed.as_deref().unwrap_or_default();
            let verdict = format!("{:?}", property.verdict).to_lowercase();
            let Property { name, message, .. } = property;
            format!("{name}: {verdict}: {message}\n{picture}{printed}\n")
        })
        .collect()
}

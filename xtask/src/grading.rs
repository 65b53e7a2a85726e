//! Grading: from subjects to verdicts, through one door.

use std::fs;
use std::time::Duration;

use anyhow::{Result, bail};
use toml::Table;

use crate::build::{self, Built};
use crate::diagnostics::Diagnostic;
use crate::followable;
use crate::judge::{self, Kind, Subject};
use crate::manifest::{Dependencies, Root, Unfollowable};
use crate::run::{Outcome, Runner, Trial};
use crate::style::StatusLine;
use crate::tokens;
use crate::verdict::{self, Property, Verdict};
use crate::workshop::Workshop;

/// What to ask of whom.
#[derive(Clone, Debug)]
pub struct Question {
    /// The program.
    pub subject: Subject,
    /// Only these properties; none means all.
    pub only: Option<Vec<String>>,
    /// Try this one schedule only.
    pub replay: Option<String>,
}

impl Question {
    /// All properties of a subject.
    pub fn all(subject: Subject) -> Self {
        Self {
            subject,
            only: None,
            replay: None,
        }
    }
}

/// Why a subject cannot be tried.
#[derive(Clone, Debug)]
pub enum Obstacle {
    /// A file is missing.
    Missing(String),
    /// rustc refuses it; as rustc says it, with colour.
    DoesNotCompile(String),
    /// It compiles, but the tests do not fit it; as rustc says it, with colour.
    DoesNotFit(String),
    /// The grader cannot follow it.
    NotFollowable(String),
}

/// What came of a question: outcomes by property, or what stood in the way.
pub type Answer = Result<Vec<(String, Outcome)>, Obstacle>;

/// Tries every property that is asked for.
///
/// # Errors
/// When the runner cannot do its work, or the user interrupts.
pub fn ask(workshop: &Workshop, questions: &[Question], limit: Duration) -> Result<Vec<Answer>> {
    let root = Root::read(&workshop.root)?;
    let mut answers: Vec<Option<Answer>> = Vec::new();
    let mut packages = Vec::new();
    for question in questions {
        match admit(workshop, &root, &question.subject)? {
            Ok(dependencies) => {
                packages.push((&question.subject, dependencies));
                answers.push(None);
            }
            Err(obstacle) => answers.push(Some(Err(obstacle))),
        }
    }
    if packages.is_empty() {
        return Ok(answers.into_iter().flatten().collect());
    }
    let workspace = judge::write(workshop, &root, Kind::Judge, &packages)?;
    let target_dir = workshop.target_dir();
    let built = build::build(
        Kind::Judge,
        &workspace.manifest,
        &target_dir,
        &workshop.root,
    )?;
    drop(workspace);
    let refusals = refusals(workshop, &root, questions, &built)?;
    let runner = Runner::new(&workshop.root, &workshop.scratch(), limit)?;
    let mut trials = Vec::new();
    for (index, question) in questions.iter().enumerate() {
        if answers[index].is_some() {
            continue;
        }
        if let Some((_, obstacle)) = refusals.iter().find(|(refused, _)| *refused == index) {
            answers[index] = Some(Err(obstacle.clone()));
            continue;
        }
        trials.extend(
            question
                .trials(&runner, &built)?
                .into_iter()
                .map(|trial| (index, trial)),
        );
        answers[index] = Some(Ok(Vec::new()));
    }
    let line = StatusLine::shared();
    let (owners, trials): (Vec<usize>, Vec<Trial>) = trials.into_iter().unzip();
    let all = trials.len();
    let outcomes = runner.run(&trials, &|done| {
        line.show(&format!("trying {done} of {all}"))
    })?;
    line.clear();
    for ((owner, trial), outcome) in owners.into_iter().zip(trials).zip(outcomes) {
        if let Some(Some(Ok(outcomes))) = answers.get_mut(owner) {
            outcomes.push((trial.property, outcome));
        }
    }
    Ok(answers.into_iter().flatten().collect())
}

impl Question {
    fn trials(&self, runner: &Runner, built: &Built) -> Result<Vec<Trial>> {
        let package = &self.subject.package;
        let Some(program) = built.tests.get(package) else {
            bail!("cargo built no tests for {package}; `cargo clean` may help");
        };
        let mut properties = runner.properties(program)?;
        if let Some(only) = &self.only {
            properties.retain(|property| only.contains(property));
        }
        Ok(properties
            .into_iter()
            .map(|property| Trial {
                program: program.clone(),
                property,
                replay: self.replay.clone(),
            })
            .collect())
    }
}

/// Whether a subject may go before the judge at all.
fn admit(
    workshop: &Workshop,
    root: &Root,
    subject: &Subject,
) -> Result<Result<Dependencies, Obstacle>> {
    for file in [&subject.lib, &subject.test, &subject.manifest] {
        if !file.is_file() {
            let file = workshop.shown(file);
            return Ok(Err(Obstacle::Missing(format!(
                "{file} is missing; `git restore {file}` brings it back"
            ))));
        }
    }
    let source = subject.source_dir().unwrap_or(&subject.lib);
    if let Some((file, finding)) = followable::first(source)? {
        return Ok(Err(Obstacle::NotFollowable(format!(
            "the grader cannot follow `{}` here ({}:{}). {}",
            finding.what,
            workshop.shown(&file),
            finding.line,
            finding.instead
        ))));
    }
    let dependencies = root.judged(&subject.manifest, subject.tools())?;
    Ok(dependencies.map_err(|Unfollowable(name)| {
        Obstacle::NotFollowable(format!(
            "the grader cannot follow the crate `{name}` ({}); use the crates that came with the \
             exercise",
            workshop.shown(&subject.manifest)
        ))
    }))
}

/// Why the judge refused a subject: because rustc would do so anyway, or because a stand-in lacks
/// something that the real crate has.
fn refusals(
    workshop: &Workshop,
    root: &Root,
    questions: &[Question],
    built: &Built,
) -> Result<Vec<(usize, Obstacle)>> {
    let mut refusals = Vec::new();
    let mut doubtful = Vec::new();
    for (index, Question { subject, .. }) in questions.iter().enumerate() {
        if let Some(errors) = built.library_errors.get(&subject.package) {
            doubtful.push((index, subject, errors));
        } else if let Some(errors) = built.test_errors.get(&subject.package) {
            refusals.push((index, Obstacle::DoesNotFit(rendered(errors))));
        }
    }
    if doubtful.is_empty() {
        return Ok(refusals);
    }
    let packages = doubtful
        .iter()
        .map(|(_, subject, _)| {
            let both = root.plain(&subject.manifest)?;
            Ok((
                *subject,
                Dependencies {
                    both,
                    tests: Table::new(),
                },
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    let workspace = judge::write(workshop, root, Kind::Plain, &packages)?;
    let target_dir = workshop.target_dir();
    let plain = build::build(
        Kind::Plain,
        &workspace.manifest,
        &target_dir,
        &workshop.root,
    )?;
    for (index, subject, errors) in doubtful {
        let obstacle = match plain.library_errors.get(&subject.package) {
            Some(errors) => Obstacle::DoesNotCompile(rendered(errors)),
            None => Obstacle::NotFollowable(unfollowable(errors)),
        };
        refusals.push((index, obstacle));
    }
    Ok(refusals)
}

fn rendered(errors: &[Diagnostic]) -> String {
    let texts: Vec<&str> = errors
        .iter()
        .map(|error| error.rendered.as_deref().unwrap_or(&error.message))
        .collect();
    texts.join("\n")
}

/// One sentence for an error that rustc reports only because of the stand-ins.
fn unfollowable(errors: &[Diagnostic]) -> String {
    // A name that is not there explains the errors that follow from it.
    let named = errors
        .iter()
        .find_map(|error| Some((error, error.unknown_name()?)));
    let (error, what) = match (named, errors.first()) {
        (Some((error, name)), _) => (error, format!("`{name}`")),
        (None, Some(error)) => (error, "what stands".to_owned()),
        (None, None) => return "the grader cannot follow this program".to_owned(),
    };
    let place = error
        .primary()
        .map(|span| {
            format!(
                " ({}:{})",
                span.file_name.replace('\\', "/"),
                span.line_start
            )
        })
        .unwrap_or_default();
    let detail = if what.starts_with('`') {
        "It is fine Rust, but the grader has nothing to put in its place".to_owned()
    } else {
        format!(
            "It is fine Rust, but under the grader it gives: {}",
            error.message
        )
    };
    format!("the grader cannot follow {what} here{place}. {detail}.")
}

/// What an answer means for a learner.
#[derive(Clone, Debug)]
pub struct Graded {
    /// Of all properties together.
    pub verdict: Verdict,
    /// One by one.
    pub properties: Vec<Property>,
    /// Why nothing could be tried.
    pub obstacle: Option<Obstacle>,
}

/// Judges an answer.
pub fn judged(question: &Question, answer: Answer, limit: Duration) -> Graded {
    match answer {
        Ok(outcomes) => {
            let properties: Vec<Property> = outcomes
                .into_iter()
                .map(|(name, outcome)| verdict::judge(&name, outcome, limit.as_secs_f64()))
                .collect();
            // Where several things are wrong, the first one names the whole.
            let wrong = properties.iter().map(|property| property.verdict);
            let verdict = wrong
                .into_iter()
                .find(|verdict| *verdict != Verdict::Passed);
            let none = if properties.is_empty() {
                Verdict::NotGradable
            } else {
                Verdict::Passed
            };
            Graded {
                verdict: verdict.unwrap_or(none),
                properties,
                obstacle: None,
            }
        }
        Err(obstacle) => {
            let (verdict, message) = match &obstacle {
                Obstacle::Missing(message) | Obstacle::NotFollowable(message) => {
                    (Verdict::NotGradable, message)
                }
                Obstacle::DoesNotCompile(message) | Obstacle::DoesNotFit(message) => {
                    (Verdict::DoesNotCompile, message)
                }
            };
            let grade = fs::read_to_string(&question.subject.test).unwrap_or_default();
            let properties = tokens::test_names(&grade)
                .into_iter()
                .filter(|name| {
                    question
                        .only
                        .as_ref()
                        .is_none_or(|only| only.contains(name))
                })
                .map(|name| Property {
                    name,
                    verdict,
                    message: message.clone(),
                    report: None,
                    printed: None,
                })
                .collect();
            Graded {
                verdict,
                properties,
                obstacle: Some(obstacle),
            }
        }
    }
}

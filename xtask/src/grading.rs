//! Grading: from subjects to verdicts, through one door.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::build::{self, Built};
use crate::judge::{self, Kind, Subject};
use crate::manifest::Root;
use crate::obstacle::{self, Obstacle};
use crate::prose;
use crate::run::{Outcome, Runner, Trial};
use crate::style::StatusLine;
use crate::terms::Terms;
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
    /// Of these properties the graph of all schedules is wanted, too.
    pub graphs: Vec<String>,
}

impl Question {
    /// All properties of a subject.
    pub fn all(subject: Subject) -> Self {
        Self {
            subject,
            only: None,
            replay: None,
            graphs: Vec::new(),
        }
    }
}

/// What came of a question: outcomes by property, or what stood in the way.
pub type Answer = Result<Vec<(String, Outcome)>, Obstacle>;

/// Tries every property that is asked for.
///
/// # Errors
/// When the runner cannot do its work, or the user interrupts.
pub fn ask(workshop: &Workshop, questions: &[Question], terms: Terms) -> Result<Vec<Answer>> {
    let root = Root::read(&workshop.root)?;
    let mut answers: Vec<Option<Answer>> = Vec::new();
    let mut packages: BTreeMap<Kind, Vec<_>> = BTreeMap::new();
    for question in questions {
        match obstacle::admit(workshop, &root, &question.subject)? {
            Ok((kind, dependencies)) => {
                let package = (&question.subject, dependencies);
                packages.entry(kind).or_default().push(package);
                answers.push(None);
            }
            Err(obstacle) => answers.push(Some(Err(obstacle))),
        }
    }
    if packages.is_empty() {
        return Ok(answers.into_iter().flatten().collect());
    }
    let target_dir = workshop.target_dir();
    let mut built = Built::default();
    for (kind, packages) in packages {
        let workspace = judge::write(workshop, &root, kind, &packages)?;
        let manifest = &workspace.manifest;
        built.extend(build::build(kind, manifest, &target_dir, &workshop.root)?);
    }
    let subjects: Vec<&Subject> = questions.iter().map(|question| &question.subject).collect();
    let refusals = obstacle::refusals(workshop, &root, &subjects, &built)?;
    let runner = Runner::new(&workshop.root, &workshop.scratch(), terms)?;
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
    let tell = |done: usize| {
        line.show(&format!(
            "tried {done} of {}",
            prose::count(all, "property")
        ))
    };
    // One that hangs says nothing until its limit.
    tell(0);
    let outcomes = runner.run(&trials, &tell)?;
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
        // As the author wrote them down, and not by the alphabet.
        let order = self.subject.test_names();
        properties.sort_by_key(|name| order.iter().position(|known| known == name));
        if let Some(only) = &self.only {
            properties.retain(|property| only.contains(property));
        }
        Ok(properties
            .into_iter()
            .map(|property| Trial {
                program: program.clone(),
                graph: self.graphs.contains(&property),
                property,
                replay: self.replay.clone(),
            })
            .collect())
    }
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
            let properties = question
                .subject
                .test_names()
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

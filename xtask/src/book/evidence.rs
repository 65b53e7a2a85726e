//! What the checks of all chapters say, kept in a file with the inputs that it depends on.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use timeline::{Report, SCHEMA};

use super::Made;
use super::inputs::{self, Fingerprints};
use super::played::Played;
use crate::demo;
use crate::grading::{self, Answer, Question};
use crate::judge::{Subject, cannot_write};
use crate::prose;
use crate::report;
use crate::run::Outcome;
use crate::terms::{Snapshots, Terms};
use crate::verdict;
use crate::workshop::{Chapter, Workshop};

/// What the checks of a chapter found, by name.
type Reports = BTreeMap<String, Found>;

/// What a check found.
#[derive(Serialize, Deserialize)]
struct Found {
    #[serde(flatten)]
    report: Report,
    /// Of the programs of a pair. Drawn once here and not for every book, since it takes longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<Picture>,
}

/// A schedule as a page shows it.
#[derive(Serialize, Deserialize)]
struct Picture {
    svg: String,
    words: String,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Evidence<R> {
    schema: u32,
    /// What the inputs of a chapter were when its checks were run. A chapter that is not here is
    /// run again.
    #[serde(default)]
    inputs: Fingerprints,
    chapters: BTreeMap<String, R>,
}

impl<R> Default for Evidence<R> {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            inputs: Fingerprints::new(),
            chapters: BTreeMap::new(),
        }
    }
}

/// Brings the file up to date: runs the checks of those chapters whose inputs have changed since it
/// was written. Where a check does not come out as its chapter states, that is told.
///
/// # Errors
/// When the checks cannot be run, or the file cannot be written.
pub fn renew(workshop: &Workshop, path: &Path, limit: Duration) -> Result<Made> {
    let played = Played::find(workshop)?;
    let now = inputs::fingerprints(workshop, &played)?;
    let text = fs::read(path).unwrap_or_default();
    // Most often nothing has changed, and the reports, which are long, need not be understood.
    if read::<IgnoredAny>(&text).is_some_and(|known| known.inputs == now) {
        return Ok(Ok(()));
    }
    let mut known = read::<Reports>(&text).unwrap_or_default();
    let mut evidence = Evidence::default();
    let chapters: Vec<&Chapter> = workshop
        .chapters
        .iter()
        .filter(|chapter| now.contains_key(&chapter.dir_name))
        .collect();
    let mut questions = Vec::new();
    for chapter in &chapters {
        let name = &chapter.dir_name;
        let kept = known
            .chapters
            .remove(name)
            .filter(|_| known.inputs.get(name) == now.get(name));
        // All are built, also those that need not run: with other chapters beside it, a crate would
        // be built with other features, and so anew.
        questions.extend(Subject::chapter(chapter).map(|subject| Question {
            only: kept.is_some().then(Vec::new),
            graphs: played.of(name),
            ..Question::all(subject)
        }));
        if let Some(reports) = kept {
            evidence.chapters.insert(name.clone(), reports);
        }
    }
    let terms = Terms {
        limit,
        snapshots: Snapshots::Ignore,
    };
    let answers = grading::ask(workshop, &questions, terms)?;
    let mut problems = String::new();
    let mut ran = 0;
    for (chapter, answer) in chapters.into_iter().zip(answers) {
        let name = &chapter.dir_name;
        if !evidence.chapters.contains_key(name) {
            match reports(chapter, answer) {
                Ok(reports) => {
                    ran += reports.len();
                    evidence.chapters.insert(name.clone(), reports);
                }
                Err(wrong) => problems.push_str(&wrong),
            }
        }
    }
    // What was edited while we looked is looked at again the next time.
    let after = inputs::fingerprints(workshop, &played)?;
    evidence.inputs = now;
    evidence.inputs.retain(|name, fingerprint| {
        evidence.chapters.contains_key(name) && after.get(name) == Some(fingerprint)
    });
    write(path, &evidence)?;
    if problems.is_empty() {
        let ran = prose::count(ran, "check");
        report::say(&format!("ran {ran}: all come out as the chapters state\n"));
        return Ok(Ok(()));
    }
    Ok(Err(problems))
}

fn read<'t, R: Deserialize<'t>>(text: &'t [u8]) -> Option<Evidence<R>> {
    let evidence: Evidence<R> = serde_json::from_slice(text).ok()?;
    (evidence.schema == SCHEMA).then_some(evidence)
}

/// Whoever reads the file, also when we are killed, finds a whole one.
fn write(path: &Path, evidence: &Evidence<Reports>) -> Result<()> {
    let half = path.with_extension("half");
    let text = serde_json::to_string(evidence).context("cannot write the evidence as JSON")?;
    fs::write(&half, text)
        .and_then(|()| fs::rename(&half, path))
        .with_context(|| cannot_write(path))
}

/// The reports of a chapter, or all that is wrong with it.
fn reports(chapter: &Chapter, answer: Answer) -> std::result::Result<Reports, String> {
    let outcomes = match answer {
        Ok(outcomes) => outcomes,
        Err(obstacle) => {
            let why = demo::told(&obstacle);
            let wrong = format!("crates/{}: {}\n", chapter.dir_name, why.trim_end());
            return Err(wrong);
        }
    };
    let mut problems = String::new();
    let mut reports = Reports::new();
    for (name, outcome) in outcomes {
        match held(outcome) {
            Ok(report) => {
                let found = Found::new(&name, report);
                reports.insert(name, found);
            }
            Err(why) => {
                let (pair, _) = name.split_once("::").unwrap_or((&name, ""));
                let _ = writeln!(
                    problems,
                    "crates/{}/checks/{pair}.rs: {name} does not come out as the chapter states: \
                     {}\n`cargo xtask demo {} {}` shows it",
                    chapter.dir_name,
                    why.trim_end(),
                    chapter.id,
                    pair.replace('_', "-"),
                );
            }
        }
    }
    if problems.is_empty() {
        Ok(reports)
    } else {
        Err(problems)
    }
}

impl Found {
    fn new(check: &str, mut report: Report) -> Self {
        let shown = check.ends_with("::broken") || check.ends_with("::fixed");
        let timeline = report.timeline.as_ref().filter(|_| shown);
        let picture = timeline.map(|timeline| Picture {
            svg: timeline.svg(),
            words: timeline.words().html(),
        });
        if let Some(timeline) = &mut report.timeline {
            // They may be ten thousand, and the picture tells those that matter.
            timeline.steps.clear();
        }
        Self { report, picture }
    }
}

fn held(outcome: Outcome) -> std::result::Result<Report, String> {
    match (demo::holds(&outcome), outcome.record) {
        (true, Some(report)) => Ok(Report {
            // It was for this run only, and the same programs are to give the same file.
            nonce: String::new(),
            ..report
        }),
        // The test says the same, with the whole picture.
        (_, Some(report)) if outcome.left_behind.is_empty() => {
            let verb = match report.verdict {
                timeline::Verdict::Passed => "passes",
                timeline::Verdict::Failed => "fails",
                timeline::Verdict::NotGradable => "cannot be followed",
            };
            let said: Vec<&str> = report.message.lines().collect();
            Err(format!("it {verb}: {}", said.join("; ")))
        }
        (_, record) => Err(verdict::complaint(&Outcome { record, ..outcome })),
    }
}

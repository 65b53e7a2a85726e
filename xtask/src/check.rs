//! `check`: grades exercises.

use anyhow::{Result, bail};

use crate::cli;
use crate::grading::{self, Graded, Question};
use crate::json;
use crate::judge::Subject;
use crate::report;
use crate::selector;
use crate::state::{self, Standing, State};
use crate::style::Look;
use crate::terms::{Snapshots, Terms};
use crate::verdict::Verdict;
use crate::workshop::{Exercise, Workshop};

/// Grades what was asked for, and says whether all of it passed.
///
/// # Errors
/// When the runner cannot do its work, or a selector or token is not right.
pub fn check(workshop: &Workshop, request: &cli::Check) -> Result<bool> {
    let mut state = State::load(workshop);
    let exercises = if request.selectors.is_empty() {
        match next_unsolved(workshop, &state) {
            Some(exercise) => vec![exercise],
            None => return nothing_left(workshop, request),
        }
    } else {
        selector::exercises(workshop, &request.selectors)?
    };
    if exercises.is_empty() {
        bail!(
            "there are no exercises in {} yet",
            request.selectors.join(", ")
        );
    }
    // Only what is gone: where others are asked for as well, those are graded.
    if let [exercise] = exercises[..] {
        present(workshop, exercise)?;
    }
    let replay = request.replay.as_deref().map(Replay::read).transpose()?;
    let questions: Vec<Question> = exercises
        .iter()
        .map(|exercise| question(exercise, request, replay.as_ref()))
        .collect();
    let terms = Terms {
        limit: request.limit,
        snapshots: Snapshots::Compare,
    };
    let fingerprints: Vec<u64> = exercises.iter().map(|e| state::fingerprint(e)).collect();
    let answers = grading::ask(workshop, &questions, terms)?;
    let graded: Vec<(&Exercise, Graded)> = questions
        .iter()
        .zip(answers)
        .map(|(question, answer)| grading::judged(question, answer, request.limit))
        .zip(&exercises)
        .map(|(graded, exercise)| (*exercise, graded))
        .collect();
    if let Some(replay) = &replay
        && graded
            .iter()
            .all(|(_, graded)| graded.properties.is_empty())
    {
        bail!(
            "no property is called `{}` here; say the exercise of the token",
            replay.property
        );
    }
    if !request.solutions && replay.is_none() {
        for ((exercise, graded), files) in graded.iter().zip(fingerprints) {
            let passed = count(graded, |verdict| verdict == Verdict::Passed);
            state.graded(
                exercise,
                files,
                graded.verdict,
                passed,
                graded.properties.len(),
            );
        }
        state.save();
    }
    if request.json {
        report::say(&json::document(&graded)?);
    } else {
        report::check(workshop, &graded, request, Look::of_stdout());
    }
    Ok(graded
        .iter()
        .all(|(_, graded)| graded.verdict == Verdict::Passed))
}

/// How many properties came out in a certain way.
pub fn count(graded: &Graded, wanted: impl Fn(Verdict) -> bool) -> usize {
    graded
        .properties
        .iter()
        .filter(|property| wanted(property.verdict))
        .count()
}

/// The first exercise that the learner has not solved.
pub fn next_unsolved<'w>(workshop: &'w Workshop, state: &State) -> Option<&'w Exercise> {
    workshop
        .exercises()
        .find(|exercise| state.standing(exercise) != Standing::Solved)
}

fn nothing_left(workshop: &Workshop, request: &cli::Check) -> Result<bool> {
    if workshop.exercises().next().is_none() {
        bail!("there are no exercises in {}", workshop.root.display());
    }
    report::say(&if request.json {
        json::document(&[])?
    } else {
        "All exercises are solved. `cargo xtask check all` grades them again.\n".to_owned()
    });
    Ok(true)
}

fn present(workshop: &Workshop, exercise: &Exercise) -> Result<()> {
    if exercise.dir.is_dir() {
        return Ok(());
    }
    let dir = workshop.shown(&exercise.dir);
    bail!(
        "{} has been deleted: {dir} is gone\n`git restore {dir}` brings it back",
        exercise.selector()
    );
}

fn question(exercise: &Exercise, request: &cli::Check, replay: Option<&Replay>) -> Question {
    let subject = match request.solutions {
        true => Subject::solution(exercise),
        false => Subject::stub(exercise),
    };
    Question {
        subject,
        only: replay.map(|replay| vec![replay.property.to_owned()]),
        replay: replay.map(|replay| replay.token.to_owned()),
        graphs: Vec::new(),
    }
}

/// A property, and the schedule to run.
struct Replay<'t> {
    property: &'t str,
    token: &'t str,
}

impl<'t> Replay<'t> {
    fn read(text: &'t str) -> Result<Self> {
        match text.split_once('@') {
            Some((property, token)) if !property.is_empty() && !token.is_empty() => {
                Ok(Self { property, token })
            }
            _ => bail!(
                "`{text}` is not a token; the report of a failure names one, such as \
                 `nothing_is_lost@t:12=1`"
            ),
        }
    }
}

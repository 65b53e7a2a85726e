//! `mutants`: do the properties of an exercise notice when its solution is changed?
//!
//! | module | knows |
//! |---|---|
//! | [`statements`] | where the parts of a program begin and end |
//! | [`edits`] | what can go wrong with them |

mod edits;
mod statements;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::cli;
use crate::grading::{self, Graded, Question};
use crate::judge::Subject;
use crate::obstacle::Obstacle;
use crate::prose;
use crate::report;
use crate::selector;
use crate::style::Look;
use crate::terms::{Snapshots, Terms};
use crate::verdict::Verdict;
use crate::workshop::{Exercise, Workshop};
use edits::Mutant;

/// How many are built at once. Those that come after take their names, and so their place on disk.
const AT_ONCE: usize = 12;

/// Changes the solutions that are named, and says whether every change was noticed.
///
/// # Errors
/// When the runner cannot do its work, or a selector names nothing.
pub fn mutants(workshop: &Workshop, request: &cli::Mutants) -> Result<bool> {
    let mut all_noticed = true;
    for exercise in selector::exercises(workshop, &request.selectors)? {
        all_noticed &= of(workshop, exercise, request)?;
    }
    Ok(all_noticed)
}

fn of(workshop: &Workshop, exercise: &Exercise, request: &cli::Mutants) -> Result<bool> {
    let solution = exercise.solution();
    let source = fs::read_to_string(&solution)
        .with_context(|| format!("cannot read {}", workshop.shown(&solution)))?;
    let terms = Terms {
        limit: request.limit,
        snapshots: Snapshots::Ignore,
    };
    let dir = Scratch::new(workshop, exercise)?;
    let mut count = Count::default();
    for some in edits::mutants(&source).chunks(AT_ONCE) {
        let questions = some
            .iter()
            .enumerate()
            .map(|(place, mutant)| dir.question(exercise, place, mutant))
            .collect::<Result<Vec<_>>>()?;
        let answers = grading::ask(workshop, &questions, terms)?;
        for ((mutant, question), answer) in some.iter().zip(&questions).zip(answers) {
            if count.note(&grading::judged(question, answer, request.limit)) {
                tell(&workshop.shown(&solution), mutant);
            }
        }
    }
    report::say(&format!("{}: {}\n", exercise.selector(), count.sentence()));
    Ok(count.survive == 0)
}

/// Holds the mutants of an exercise; it is gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new(workshop: &Workshop, exercise: &Exercise) -> Result<Self> {
        let dir = workshop.scratch().join("mutants").join(exercise.selector());
        fs::create_dir_all(&dir).with_context(|| format!("cannot write to {}", dir.display()))?;
        Ok(Self(dir))
    }

    /// Puts a mutant where another one was before.
    fn question(&self, exercise: &Exercise, place: usize, mutant: &Mutant) -> Result<Question> {
        let lib = self.0.join(format!("{place}.rs"));
        fs::write(&lib, &mutant.source)
            .with_context(|| format!("cannot write {}", lib.display()))?;
        Ok(Question::all(Subject::another(exercise, "mutant", lib)))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left is overwritten the next time.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What became of the mutants.
#[derive(Default)]
struct Count {
    noticed: usize,
    survive: usize,
    no_program: usize,
}

impl Count {
    /// Whether it survives.
    fn note(&mut self, graded: &Graded) -> bool {
        match (&graded.obstacle, graded.verdict) {
            (Some(Obstacle::DoesNotCompile(_) | Obstacle::DoesNotFit(_)), _) => {
                self.no_program += 1;
            }
            (_, Verdict::Passed) => self.survive += 1,
            _ => self.noticed += 1,
        }
        graded.verdict == Verdict::Passed
    }

    fn sentence(&self) -> String {
        let Self {
            noticed,
            survive,
            no_program,
        } = self;
        let tried = prose::count(noticed + survive, "change");
        format!("{tried} tried, {noticed} noticed, {survive} not; {no_program} more do not compile")
    }
}

fn tell(file: &str, mutant: &Mutant) {
    let sign = Look::of_stdout().cross();
    report::say(&format!(
        "{sign} {file}:{}: {}\n",
        mutant.line, mutant.change
    ));
}

//! What the runner remembers of each exercise. All of it may be lost: then exercises count as not
//! tried, and hints begin anew.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::verdict::Verdict;
use crate::workshop::{Exercise, Workshop, rust_files, subdirectories};

/// What is remembered, by selector.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {
    exercises: BTreeMap<String, Memory>,
    #[serde(skip)]
    path: PathBuf,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Memory {
    /// The last grading, with what the files were then.
    grading: Option<Grading>,
    /// How many hints were given.
    #[serde(default)]
    hints: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Grading {
    verdict: Verdict,
    files: u64,
    passed: usize,
    properties: usize,
}

/// How far the learner is with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known.
    NotTried,
    /// It passed, and nothing has changed since.
    Solved,
    /// It was graded, and its files have changed since.
    Edited,
    /// It did not pass.
    Unsolved {
        /// What was wrong.
        verdict: Verdict,
        /// How many properties hold.
        passed: usize,
        /// How many there are.
        properties: usize,
    },
}

impl State {
    /// What is remembered; nothing if it is lost.
    pub fn load(workshop: &Workshop) -> Self {
        let path = workshop.scratch().join("state.json");
        let state = fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            path,
            ..state.unwrap_or_default()
        }
    }

    /// Remembers it. To forget is no reason to fail.
    pub fn save(&self) {
        let Ok(text) = serde_json::to_string_pretty(self) else {
            return;
        };
        let half = self.path.with_extension("half");
        let _ = self.path.parent().map(fs::create_dir_all);
        let _ = fs::write(&half, text).and_then(|()| fs::rename(&half, &self.path));
    }

    /// How far the learner is.
    pub fn standing(&self, exercise: &Exercise) -> Standing {
        let memory = self.exercises.get(&exercise.selector());
        let Some(grading) = memory.and_then(|memory| memory.grading.as_ref()) else {
            return Standing::NotTried;
        };
        if grading.files != fingerprint(exercise) {
            return Standing::Edited;
        }
        match grading.verdict {
            Verdict::Passed => Standing::Solved,
            verdict => Standing::Unsolved {
                verdict,
                passed: grading.passed,
                properties: grading.properties,
            },
        }
    }

    /// Takes note of a grading of files that had this fingerprint.
    pub fn graded(
        &mut self,
        exercise: &Exercise,
        files: u64,
        verdict: Verdict,
        passed: usize,
        properties: usize,
    ) {
        let memory = self.exercises.entry(exercise.selector()).or_default();
        memory.grading = Some(Grading {
            verdict,
            files,
            passed,
            properties,
        });
    }

    /// Counts one more hint, of `all`, and says how many were given so far.
    pub fn one_more_hint(&mut self, exercise: &Exercise, all: usize) -> usize {
        let memory = self.exercises.entry(exercise.selector()).or_default();
        memory.hints = (memory.hints + 1).min(all);
        memory.hints
    }
}

/// A number that changes when a file of the exercise does.
pub fn fingerprint(exercise: &Exercise) -> u64 {
    let mut hasher = DefaultHasher::new();
    add(&mut hasher, &exercise.grade());
    add(&mut hasher, &exercise.manifest());
    add_all(&mut hasher, &exercise.dir.join("src"));
    hasher.finish()
}

fn add_all(hasher: &mut DefaultHasher, dir: &Path) {
    // What cannot be read counts as empty; grading will say what is wrong with it.
    for file in rust_files(dir).unwrap_or_default() {
        add(hasher, &file);
    }
    for name in subdirectories(dir).unwrap_or_default() {
        add_all(hasher, &dir.join(name));
    }
}

fn add(hasher: &mut DefaultHasher, file: &Path) {
    file.file_name().hash(hasher);
    fs::read(file).unwrap_or_default().hash(hasher);
}

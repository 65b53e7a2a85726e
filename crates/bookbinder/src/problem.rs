//! Everything that is wrong with the book, so that it can be told at once.

use std::fmt;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the root of the workshop, with `/` between its parts.
    pub file: String,
    /// The line, counted from 1; 0 where none can be named.
    pub line: usize,
    /// What is wrong, and the way out.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// What has been found so far.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes that something is wrong at a line of a file (0: no line in particular).
    pub fn add(&mut self, file: impl Into<String>, line: usize, what: impl Into<String>) {
        self.0.push(Problem {
            file: file.into(),
            line,
            what: what.into(),
        });
    }

    /// Whether nothing is wrong so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All problems, by file and line, each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Problem> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}

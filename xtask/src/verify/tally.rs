//! Counting what passed and what failed, and telling about it on the way.

use crate::prose;
use crate::report;
use crate::style::{Ink, Look};

/// What is wrong, for a person.
pub type Complaint = String;

/// The count so far.
pub struct Tally {
    look: Look,
    passed: usize,
    failed: usize,
    section: Option<Section>,
}

struct Section {
    name: String,
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            look: Look::of_stdout(),
            passed: 0,
            failed: 0,
            section: None,
        }
    }

    /// From here on, a part of the workshop is looked at.
    pub fn section(&mut self, name: &str) {
        self.close();
        self.section = Some(Section {
            name: name.to_owned(),
            passed: 0,
            failed: 0,
        });
    }

    /// One thing that was looked at.
    pub fn note(&mut self, what: &str, found: Result<(), Complaint>) {
        match found {
            Ok(()) => self.add(1, 0),
            Err(complaint) => {
                self.add(0, 1);
                let text = prose::indent(complaint.trim_end(), 4);
                report::say(&format!("{} {what}\n{text}", self.look.cross()));
            }
        }
    }

    /// Many things that somebody else has counted.
    pub fn add(&mut self, passed: usize, failed: usize) {
        self.passed += passed;
        self.failed += failed;
        if let Some(section) = &mut self.section {
            section.passed += passed;
            section.failed += failed;
        }
    }

    fn close(&mut self) {
        let Some(section) = self.section.take() else {
            return;
        };
        let sign = if section.failed == 0 {
            self.look.tick()
        } else {
            self.look.cross()
        };
        report::say(&format!(
            "{sign} {}: {}\n",
            section.name,
            line(section.passed, section.failed)
        ));
    }

    /// Prints the last line, and says whether nothing failed.
    pub fn finish(mut self) -> bool {
        self.close();
        let ink = if self.failed == 0 {
            Ink::Good
        } else {
            Ink::Bad
        };
        let line = line(self.passed, self.failed);
        report::say(&format!("{}\n", self.look.paint(ink, &line)));
        self.failed == 0
    }
}

fn line(passed: usize, failed: usize) -> String {
    format!("{passed} passed, {failed} failed")
}

#![doc = include_str!("../JSON.md")]

use std::fmt;

use crate::clean::is_sound;
use crate::report::{Report, SCHEMA};

/// Why a document is not a report.
#[derive(Debug)]
#[non_exhaustive]
pub enum ParseError {
    /// It is not JSON, or a field is missing or of another kind than it should be.
    Malformed(serde_json::Error),
    /// It was written for another version of the schema.
    Schema {
        /// The version that the document names.
        found: u32,
    },
    /// It refers to a lane or an object that it does not list.
    Dangling {
        /// Where: `step 3`, `stuck lane 1`; counted from 1.
        place: String,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseError::Malformed(error) => write!(f, "not a report: {error}"),
            ParseError::Schema { found } => write!(
                f,
                "a report of schema {found}, and this program reads schema {SCHEMA}: \
                 build the runner and the trial from the same version of the workshop"
            ),
            ParseError::Dangling { place } => write!(
                f,
                "not a report: {place} refers to a lane or an object that is not listed"
            ),
        }
    }
}

impl std::error::Error for ParseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ParseError::Malformed(error) => Some(error),
            _ => None,
        }
    }
}

impl Report {
    /// Reads a report.
    ///
    /// # Errors
    ///
    /// The schema is looked at first, so that a document of another version is called that and
    /// not malformed.
    pub fn parse(json: &str) -> Result<Report, ParseError> {
        #[derive(serde::Deserialize)]
        struct Version {
            schema: u32,
        }
        let version: Version = serde_json::from_str(json).map_err(ParseError::Malformed)?;
        if version.schema != SCHEMA {
            return Err(ParseError::Schema {
                found: version.schema,
            });
        }
        let report: Report = serde_json::from_str(json).map_err(ParseError::Malformed)?;
        match report.dangling() {
            Some(place) => Err(ParseError::Dangling { place }),
            None => Ok(report),
        }
    }

    /// The report as one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report holds nothing that JSON cannot say")
    }

    /// The first place that refers to something which is not there.
    fn dangling(&self) -> Option<String> {
        let timeline = self.timeline.as_ref()?;
        let (lanes, objects) = (timeline.lanes.len(), timeline.objects.len());
        let step = timeline.steps.iter().position(|step| {
            step.lane >= lanes || !step.effects.iter().all(|e| is_sound(e, lanes, objects))
        });
        let stuck = || {
            timeline.outcome.stuck.iter().position(|stuck| {
                stuck.lane >= lanes
                    || stuck.object.is_some_and(|o| o >= objects)
                    || stuck.waits_for.is_some_and(|l| l >= lanes)
            })
        };
        step.map(|i| format!("step {}", i + 1))
            .or_else(|| stuck().map(|i| format!("stuck lane {}", i + 1)))
    }
}

//! What the checks of the chapters found, as `cargo xtask book` wrote it down.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use serde_json::value::RawValue;
use timeline::{Report, SCHEMA, Verdict};

use crate::workshop::{Pair, Version};

/// The reports of all checks. A report is parsed when it is asked for: the pages show a part.
#[derive(Debug, Deserialize)]
pub struct Evidence {
    schema: u32,
    chapters: BTreeMap<String, BTreeMap<String, Box<RawValue>>>,
}

/// The report of one program of a pair, which came out as the pair states.
#[derive(Debug)]
pub struct Finding {
    /// What was tried and what came of it.
    pub report: Report,
    /// The schedule to be shown.
    pub picture: Picture,
}

/// A schedule as a page shows it.
#[derive(Debug, Deserialize)]
pub struct Picture {
    /// Drawn.
    pub svg: String,
    /// Told, as a list.
    pub words: String,
}

impl Evidence {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, or is not evidence of this version.
    pub fn read(file: &Path) -> Result<Evidence> {
        let text = fs::read_to_string(file).with_context(|| {
            format!(
                "cannot read the evidence {}; `cargo xtask book` writes it",
                file.display()
            )
        })?;
        let evidence: Evidence = serde_json::from_str(&text)
            .with_context(|| format!("{} is not evidence", file.display()))?;
        if evidence.schema != SCHEMA {
            bail!(
                "{} is evidence of schema {}, and this program reads schema {SCHEMA}",
                file.display(),
                evidence.schema
            );
        }
        Ok(evidence)
    }

    /// The report of a check, such as `lost_wakeup::broken` of `ch11-deadlocks`.
    ///
    /// # Errors
    /// When there is none, or it is not a report.
    pub fn report(&self, chapter: &str, check: &str) -> Result<Report> {
        Ok(Report::parse(self.raw(chapter, check)?.get())?)
    }

    /// What was found out about a program of a pair.
    ///
    /// # Errors
    /// When there is no report, or it does not say what the pair states: that the broken program
    /// fails and that the fixed one holds.
    pub fn finding(&self, pair: &Pair, version: Version) -> Result<Finding> {
        let check = pair.check(version);
        let raw = self.raw(&pair.chapter.name, &check)?;
        let what = || format!("the evidence for {check} of {}", pair.chapter.name);
        let report = Report::parse(raw.get());
        // The error says all that its cause would say.
        let report = report.map_err(|error| anyhow!("{}: {error}", what()))?;
        let stated = match version {
            Version::Broken => Verdict::Failed,
            Version::Fixed => Verdict::Passed,
        };
        if report.verdict != stated {
            bail!(
                "{} did not come out as the pair states: {}; `cargo xtask demo {} {}` shows it",
                pair.file(version),
                report.message.trim().replace('\n', "; "),
                pair.chapter.number,
                pair.id(),
            );
        }
        #[derive(Deserialize)]
        struct Drawn {
            picture: Option<Picture>,
        }
        // Drawing takes long, so the picture comes with the evidence as a rule.
        let drawn: Drawn = serde_json::from_str(raw.get()).with_context(what)?;
        let picture = match (drawn.picture, &report.timeline) {
            (Some(picture), _) => picture,
            (None, Some(timeline)) => Picture {
                svg: timeline.svg(),
                words: timeline.words().html(),
            },
            (None, None) => bail!("{} has no timeline", what()),
        };
        Ok(Finding { report, picture })
    }

    fn raw(&self, chapter: &str, check: &str) -> Result<&RawValue> {
        let report = self.chapters.get(chapter).and_then(|c| c.get(check));
        report.map(|raw| &**raw).with_context(|| {
            let file = check.split("::").next().unwrap_or(check);
            format!(
                "no evidence for {check} of {chapter}: is the check in \
                 crates/{chapter}/checks/{file}.rs, and `mod {file};` in main.rs beside it?"
            )
        })
    }
}

impl Finding {
    /// The verdict in one line: `fails: deadlock: … — found in schedule 3`.
    #[must_use]
    pub fn verdict(&self) -> String {
        let said: Vec<&str> = self.report.message.trim().lines().collect();
        let verb = match self.report.verdict {
            Verdict::Passed => "holds",
            Verdict::Failed => "fails",
            Verdict::NotGradable => "cannot be followed",
        };
        format!("{verb}: {}", said.join(" — "))
    }

    /// Whether the program fails under the memory model only.
    #[must_use]
    pub fn only_under_the_memory_model(&self) -> bool {
        self.report.message.contains("only under the memory model")
    }
}

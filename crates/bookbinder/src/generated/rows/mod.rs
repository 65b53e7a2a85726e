//! What each row of the source material is about, and where it is taught.
//!
//! `book/rows/*.toml` give every row a text of ours: a title, or for an erratum what is claimed and
//! what happens. `book/coverage.toml` says where a row is taught. Both are read once.

mod id;
mod ledger;
mod link;
mod read;
mod text;
mod theme;

use std::collections::BTreeMap;

pub use id::{Kind, List, RowId};
pub use theme::Theme;

use crate::problem::Problems;
use crate::workshop::Workshop;

/// The rows of the three lists, and where each is taught.
#[derive(Debug, Default)]
pub struct Rows {
    texts: BTreeMap<RowId, Text>,
    taught: BTreeMap<RowId, Vec<String>>,
}

/// What is said about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// Of a system, a pitfall, a claim: a few words.
    Title(String),
    /// Of an erratum.
    Erratum(Erratum),
}

/// What a guide gets wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erratum {
    /// Where it stands on its page.
    pub theme: Theme,
    /// What the guide says, or what its code promises.
    pub claims: String,
    /// What happens instead.
    pub happens: String,
    /// How this was found out.
    pub how: How,
}

/// How an erratum was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A program was run or compiled.
    Ran,
    /// A time, a size, a rate was measured.
    Measured,
    /// By reading the program or the specification.
    Read,
}

impl Text {
    /// What stands beside its id.
    pub fn title(&self) -> &str {
        match self {
            Self::Title(title) => title,
            Self::Erratum(erratum) => &erratum.claims,
        }
    }
}

impl Rows {
    /// Reads the rows and the ledger of a workshop. What is wrong in them goes to `problems`.
    pub fn load(workshop: &Workshop, problems: &mut Problems) -> Self {
        let mut texts = BTreeMap::new();
        for (file, list, errata) in read::FILES {
            match workshop.read(file) {
                Ok(source) => read::rows(file, list, errata, &source, &mut texts, problems),
                Err(error) => problems.add(file, 0, format!("{error:#}")),
            }
        }
        let taught = match workshop.read(ledger::FILE) {
            Ok(source) => {
                let there = |path: &str| workshop.exists(path);
                ledger::read(&source, &texts, there, problems)
            }
            Err(error) => {
                problems.add(ledger::FILE, 0, format!("{error:#}"));
                BTreeMap::new()
            }
        };
        Self { texts, taught }
    }

    /// Every row with what is said about it, list by list and kind by kind.
    pub fn texts(&self) -> impl Iterator<Item = (RowId, &Text)> {
        self.texts.iter().map(|(row, text)| (*row, text))
    }

    /// The errata, in the order of their ids.
    pub fn errata(&self) -> impl Iterator<Item = (RowId, &Erratum)> {
        self.texts().filter_map(|(row, text)| match text {
            Text::Erratum(erratum) => Some((row, erratum)),
            Text::Title(_) => None,
        })
    }

    /// The places that teach a row; none where it is still to come.
    pub fn taught(&self, row: RowId) -> &[String] {
        self.taught.get(&row).map_or(&[], Vec::as_slice)
    }

    #[cfg(test)]
    pub(super) fn of(rows: &str, errata: &str, ledger: &str) -> Self {
        let mut problems = Problems::default();
        let mut texts = BTreeMap::new();
        for (file, list, _) in read::FILES {
            let own = |line: &&str| {
                line.starts_with('[') || line.contains(&format!("\"{}:", list.letter()))
            };
            let of_list = |source: &str| source.lines().filter(own).collect::<Vec<_>>().join("\n");
            if file.contains("errata") {
                read::rows(
                    file,
                    list,
                    true,
                    &of_list(errata),
                    &mut texts,
                    &mut problems,
                );
            } else {
                read::rows(file, list, false, &of_list(rows), &mut texts, &mut problems);
            }
        }
        let taught = ledger::read(ledger, &texts, |_| true, &mut problems);
        let problems = format!("{problems:?}");
        assert_eq!(problems, format!("{:?}", Problems::default()));
        Self { texts, taught }
    }
}

//! Reading `book/coverage.toml`: which row is taught where.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::read::Source;
use super::{RowId, Text};
use crate::problem::Problems;

/// The ledger, from the root of the workshop.
pub const FILE: &str = "book/coverage.toml";

/// Reads the ledger. `there` says whether a path exists in the workshop.
pub fn read(
    source: &str,
    texts: &BTreeMap<RowId, Text>,
    there: impl Fn(&str) -> bool,
    problems: &mut Problems,
) -> BTreeMap<RowId, Vec<String>> {
    let mut source = Source::new(FILE, source, problems);
    let mut taught = BTreeMap::new();
    for (key, value) in source.table() {
        let at = key.span().start;
        let row: RowId = match key.get_ref().parse() {
            Ok(row) => row,
            Err(error) => {
                source.complain(at, format!("{error}"));
                continue;
            }
        };
        if !texts.contains_key(&row) {
            source.complain(
                at,
                format!("{row} is not in book/rows; give it a title there"),
            );
            continue;
        }
        let Some(places) = places(&value) else {
            source.complain(at, format!("{row}: where it is taught is a list of paths"));
            continue;
        };
        for (nth, place) in places.iter().enumerate() {
            if places[..nth].contains(place) {
                source.complain(at, format!("{row}: {place} is named twice"));
            }
            let path = place.split('#').next().unwrap_or(place);
            if !there(path) {
                source.complain(at, format!("{row}: {path} does not exist"));
            }
        }
        taught.insert(row, places);
    }
    taught
}

fn places(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    let places = value.get_ref().as_array()?;
    let places: Option<Vec<String>> = places
        .iter()
        .map(|place| place.get_ref().as_str().map(str::to_owned))
        .collect();
    places.filter(|places| !places.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(source: &str) -> (BTreeMap<RowId, Vec<String>>, String) {
        let row = "a:S1".parse().expect("a row");
        let texts = BTreeMap::from([(row, Text::Title("eleven greetings".to_owned()))]);
        let mut problems = Problems::default();
        let taught = read(source, &texts, |path| path == "crates/x", &mut problems);
        (taught, format!("{problems:?}"))
    }

    #[test]
    fn a_row_has_its_places() {
        let (taught, problems) = read_all("\"a:S1\" = [\"crates/x\", \"crates/x#part\"]\n");
        let places: Vec<_> = taught.into_values().collect();
        assert_eq!(places, [["crates/x", "crates/x#part"]], "{problems}");
    }

    #[test]
    fn a_wrong_entry_is_refused() {
        for (source, why) in [
            ("\"a:S2\" = [\"crates/x\"]", "a:S2 is not in book/rows"),
            ("\"a:S\" = [\"crates/x\"]", "is not the id of a row"),
            ("\"a:S1\" = \"crates/x\"", "is a list of paths"),
            ("\"a:S1\" = []", "is a list of paths"),
            ("\"a:S1\" = [\"crates/y\"]", "crates/y does not exist"),
            (
                "\"a:S1\" = [\"crates/x\", \"crates/x\"]",
                "crates/x is named twice",
            ),
        ] {
            let (_, problems) = read_all(source);
            assert!(problems.contains(why), "{source}: {problems}");
        }
    }
}

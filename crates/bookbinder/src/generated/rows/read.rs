//! Reading `book/rows/*.toml`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::id::{Kind, List, RowId};
use super::{Erratum, How, Text, Theme, text};
use crate::problem::Problems;

/// The files, the list that each is about, and whether it holds errata.
pub const FILES: [(&str, List, bool); 6] = [
    ("book/rows/a.toml", List::A, false),
    ("book/rows/b.toml", List::B, false),
    ("book/rows/c.toml", List::C, false),
    ("book/rows/errata-a.toml", List::A, true),
    ("book/rows/errata-b.toml", List::B, true),
    ("book/rows/errata-c.toml", List::C, true),
];

/// A TOML file, and where its problems go.
pub struct Source<'a> {
    file: &'a str,
    source: &'a str,
    problems: &'a mut Problems,
}

impl<'a> Source<'a> {
    /// The file of this name with this text.
    pub fn new(file: &'a str, source: &'a str, problems: &'a mut Problems) -> Self {
        Self {
            file,
            source,
            problems,
        }
    }

    /// Its top table. A file that is no TOML is a problem, and empty.
    pub fn table(&mut self) -> DeTable<'a> {
        match DeTable::parse(self.source) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.complain(at, error.message());
                DeTable::new()
            }
        }
    }

    /// Notes a problem at a place in the text.
    pub fn complain(&mut self, at: usize, what: impl Into<String>) {
        let before = &self.source[..at.min(self.source.len())];
        let line = before.matches('\n').count() + 1;
        self.problems.add(self.file, line, what);
    }
}

/// Reads one file of rows into `texts`.
pub fn rows(
    file: &str,
    list: List,
    errata: bool,
    source: &str,
    texts: &mut BTreeMap<RowId, Text>,
    problems: &mut Problems,
) {
    let mut source = Source::new(file, source, problems);
    for (key, value) in source.table() {
        let at = key.span().start;
        let key = key.into_inner();
        if !errata {
            enter(&mut source, &key, at, (list, errata), value, texts, None);
            continue;
        }
        let Some(theme) = Theme::named(&key) else {
            let themes = Theme::ALL.map(Theme::key).join(", ");
            source.complain(at, format!("`{key}` is no theme; the themes are {themes}"));
            continue;
        };
        let DeValue::Table(group) = value.into_inner() else {
            source.complain(at, format!("errata stand in a group: `[{key}]`"));
            continue;
        };
        for (key, value) in group {
            let at = key.span().start;
            let key = key.into_inner();
            enter(
                &mut source,
                &key,
                at,
                (list, errata),
                value,
                texts,
                Some(theme),
            );
        }
    }
}

fn enter(
    source: &mut Source<'_>,
    key: &str,
    at: usize,
    (list, errata): (List, bool),
    value: Spanned<DeValue<'_>>,
    texts: &mut BTreeMap<RowId, Text>,
    theme: Option<Theme>,
) {
    let row: RowId = match key.parse() {
        Ok(row) => row,
        Err(error) => return source.complain(at, format!("{error}")),
    };
    if row.list != list || (row.kind == Kind::Erratum) != errata {
        let errata = if row.kind == Kind::Erratum {
            "errata-"
        } else {
            ""
        };
        let letter = row.list.letter();
        return source.complain(
            at,
            format!("{row} belongs in book/rows/{errata}{letter}.toml"),
        );
    }
    let read = match theme {
        None => title(&value),
        Some(theme) => erratum(theme, &value),
    };
    match (read, texts.entry(row)) {
        (Err(what), _) => source.complain(at, format!("{row}: {what}")),
        // TOML itself refuses a key twice in a table; errata may stand in two groups.
        (Ok(_), Entry::Occupied(_)) => source.complain(at, format!("{row} stands here twice")),
        (Ok(text), Entry::Vacant(place)) => {
            place.insert(text);
        }
    }
}

fn title(value: &Spanned<DeValue<'_>>) -> Result<Text, String> {
    let title = value.get_ref().as_str();
    let title = title.ok_or("its title is a text, such as \"a semaphore made of a channel\"")?;
    text::title(title)?;
    Ok(Text::Title(title.to_owned()))
}

fn erratum(theme: Theme, value: &Spanned<DeValue<'_>>) -> Result<Text, String> {
    let form = "an erratum is { claims = \"…\", happens = \"…\", how = \"ran\" }";
    let table = value.get_ref().as_table().ok_or(form)?;
    let known = ["claims", "happens", "how"];
    if let Some((key, _)) = table
        .iter()
        .find(|(key, _)| !known.contains(&&**key.get_ref()))
    {
        return Err(format!("`{}` is not known here; {form}", key.get_ref()));
    }
    let field = |name: &str| {
        let value = table.get(name).and_then(|value| value.get_ref().as_str());
        value.ok_or_else(|| format!("`{name}` is missing; {form}"))
    };
    let (claims, happens) = (field("claims")?, field("happens")?);
    text::claim(claims).map_err(|what| format!("`claims`: {what}"))?;
    text::account(happens).map_err(|what| format!("`happens`: {what}"))?;
    let how = match field("how")? {
        "ran" => How::Ran,
        "measured" => How::Measured,
        "read" => How::Read,
        other => return Err(format!("`how` is ran, measured or read, and not `{other}`")),
    };
    Ok(Text::Erratum(Erratum {
        theme,
        claims: claims.to_owned(),
        happens: happens.to_owned(),
        how,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(file: &str, errata: bool, source: &str) -> (usize, String) {
        let mut problems = Problems::default();
        let mut texts = BTreeMap::new();
        rows(file, List::A, errata, source, &mut texts, &mut problems);
        (texts.len(), format!("{problems:?}"))
    }

    #[test]
    fn titles_are_read() {
        let source = "\"a:S1\" = \"eleven greetings\"\n\"a:C2\" = \"millions of goroutines\"\n";
        let (read, problems) = problems_of("a.toml", false, source);
        assert_eq!(read, 2, "{problems}");
    }

    #[test]
    fn a_wrong_row_is_refused() {
        for (source, why) in [
            ("\"a:S01\" = \"eleven greetings\"", "is not the id of a row"),
            (
                "\"b:S1\" = \"eleven greetings\"",
                "belongs in book/rows/b.toml",
            ),
            (
                "\"a:E1\" = \"eleven greetings\"",
                "belongs in book/rows/errata-a.toml",
            ),
            (
                "\"a:S1\" = { title = \"eleven greetings\" }",
                "its title is a text",
            ),
            ("\"a:S1\" = \"Greetings\"", "2 to 12 words"),
            (
                "\"a:S1\" = \"two greetings\"\n\"a:S1\" = \"two more\"",
                "duplicate key",
            ),
            ("\"a:S1\" = \"two", "a.toml"),
        ] {
            let (_, problems) = problems_of("a.toml", false, source);
            assert!(problems.contains(why), "{source}: {problems}");
        }
    }

    #[test]
    fn a_problem_has_its_line() {
        let source = "# rows\n\"a:S1\" = \"two greetings\"\n\"a:S2\" = \"greeting\"\n";
        let mut problems = Problems::default();
        rows(
            "a.toml",
            List::A,
            false,
            source,
            &mut BTreeMap::new(),
            &mut problems,
        );
        let lines: Vec<usize> = problems
            .sorted()
            .iter()
            .map(|problem| problem.line)
            .collect();
        assert_eq!(lines, [3]);
    }

    #[test]
    fn errata_are_read() {
        let source = "[channels]\n\"a:E19\" = { claims = \"Every send waits\", happens = \
            \"Only an unbuffered one.\", how = \"read\" }\n";
        let (read, problems) = problems_of("errata-a.toml", true, source);
        assert_eq!(read, 1, "{problems}");
    }

    #[test]
    fn a_wrong_erratum_is_refused() {
        let row = |fields: &str| format!("[channels]\n\"a:E19\" = {{ {fields} }}");
        let whole = "claims = \"It waits\", happens = \"It does not.\"";
        for (source, why) in [
            (
                row("claims = \"It waits\", how = \"ran\""),
                "`happens` is missing",
            ),
            (
                row(&format!("{whole}, how = \"guessed\"")),
                "and not `guessed`",
            ),
            (
                row(&format!("{whole}, how = \"ran\", line = 4")),
                "`line` is not known",
            ),
            (
                row("claims = \"It waits.\", happens = \"No.\", how = \"ran\""),
                "`claims`: it stands without",
            ),
            (
                row("claims = \"It waits\", happens = \"No\", how = \"ran\""),
                "`happens`: it is a sentence",
            ),
            (
                format!("[chanels]\n\"a:E19\" = {{ {whole}, how = \"ran\" }}"),
                "is no theme",
            ),
            (
                format!("\"a:E19\" = {{ {whole}, how = \"ran\" }}"),
                "is no theme",
            ),
            (
                format!("[channels]\n\"a:P1\" = {{ {whole}, how = \"ran\" }}"),
                "belongs in book/rows/a.toml",
            ),
            (
                format!(
                    "[channels]\n\"a:E1\" = {{ {whole}, how = \"ran\" }}\n[tasks]\n\"a:E1\" = {{ {whole}, how = \"ran\" }}"
                ),
                "stands here twice",
            ),
        ] {
            let (_, problems) = problems_of("errata-a.toml", true, &source);
            assert!(problems.contains(why), "{source}: {problems}");
        }
    }
}

//! The front matter of a chapter: what it is about, and how long it takes.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use toml::Spanned;

/// What stands between the `+++` lines at the head of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// The crate of the chapter: `ch11-deadlocks`.
    pub crate_name: String,
    /// What the reader can do afterwards.
    pub goal: String,
    /// The sections by id, in order.
    pub sections: Vec<Share>,
    /// The exercises by name, in order.
    pub exercises: Vec<Share>,
}

/// How much time of a workshop goes to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The id of a section, or the name of an exercise.
    pub name: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// The shortest workshop that has time for it; nothing for what one reads alone.
    pub from: Option<Format>,
    /// The line of the page that says so.
    pub line: usize,
}

/// How long a workshop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Half a day.
    HalfDay,
    /// One day.
    OneDay,
    /// Two days.
    TwoDay,
}

impl Format {
    /// All formats, the shortest first.
    pub const ALL: [Format; 3] = [Format::HalfDay, Format::OneDay, Format::TwoDay];

    /// The format of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|f| f.to_string() == text)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::HalfDay => "half-day",
            Format::OneDay => "one-day",
            Format::TwoDay => "two-day",
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "crate")]
    crate_name: String,
    goal: String,
    sections: BTreeMap<Spanned<String>, RawShare>,
    #[serde(default)]
    exercises: BTreeMap<Spanned<String>, RawShare>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShare {
    minutes: u32,
    #[serde(default)]
    from: Option<Format>,
}

impl Front {
    /// Reads the text between the marks; its first line is line 2 of the page.
    ///
    /// # Errors
    /// When it is not what it should be: the line of the page, and what is wrong.
    pub fn parse(text: &str) -> Result<Front, (usize, String)> {
        let line = |at: usize| text.get(..at).map_or(0, |t| t.matches('\n').count()) + 2;
        let raw: Raw = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            (line(at), format!("front matter: {}", error.message()))
        })?;
        let shares = |raw: BTreeMap<Spanned<String>, RawShare>| {
            let mut raw: Vec<_> = raw.into_iter().collect();
            raw.sort_by_key(|(name, _)| name.span().start);
            let share = |(name, share): (Spanned<String>, RawShare)| Share {
                line: line(name.span().start),
                name: name.into_inner(),
                minutes: share.minutes,
                from: share.from,
            };
            raw.into_iter().map(share).collect::<Vec<_>>()
        };
        Ok(Front {
            crate_name: raw.crate_name,
            goal: raw.goal,
            sections: shares(raw.sections),
            exercises: shares(raw.exercises),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_file_is_kept() {
        let front = Front::parse(
            "crate = \"ch11-deadlocks\"\ngoal = \"see it\"\n[sections]\nzebra = { minutes = 10, from = \"one-day\" }\n\
             ant = { minutes = 5, from = \"half-day\" }\n",
        )
        .unwrap();
        let names: Vec<_> = front.sections.iter().map(|s| (&*s.name, s.line)).collect();
        assert_eq!(names, [("zebra", 5), ("ant", 6)]);
    }

    #[test]
    fn rubbish_is_told_with_its_line() {
        let head = "crate = \"c\"\ngoal = \"g\"\n[sections]\n";
        let cases = [
            ("goal = 3\n", 2, "invalid type"),
            ("crate = \"c\"\n", 2, "missing field `goal`"),
            (
                &*format!("{head}a = {{ minutes = 1, from = \"night\" }}\n"),
                5,
                "unknown variant",
            ),
            (
                &*format!("{head}a = {{ minutes = -1, from = \"one-day\" }}\n"),
                5,
                "invalid value",
            ),
            (
                &*format!("{head}a = {{ minute = 1 }}\n"),
                5,
                "unknown field",
            ),
            (&*format!("{head}a = {{\n"), 5, "inline table"),
        ];
        for (text, line, what) in cases {
            let (found, said) = Front::parse(text).unwrap_err();
            assert!(said.contains(what), "{text}: {said}");
            assert_eq!(found, line, "{text}: {said}");
        }
    }
}

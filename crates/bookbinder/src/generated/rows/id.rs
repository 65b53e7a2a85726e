//! The name of a row: which list it is in, what kind of row it is, and its number.

use std::fmt;
use std::str::FromStr;

/// One of the three lists that the guides were worked through in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// The long guide, first half.
    A,
    /// The long guide, second half.
    B,
    /// The four shorter guides.
    C,
}

impl List {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The letter that its ids begin with.
    pub fn letter(self) -> char {
        match self {
            Self::A => 'a',
            Self::B => 'b',
            Self::C => 'c',
        }
    }

    /// What it is a list of, for a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::A => "Module 8, first half: goroutines to pipelines",
            Self::B => "Module 8, second half: worker pools to generators",
            Self::C => "The four short guides",
        }
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A program or a pattern.
    System,
    /// A larger program, set as a task.
    Project,
    /// A way to get it wrong.
    Pitfall,
    /// What a guide gets wrong itself.
    Erratum,
    /// A statement of fact.
    Claim,
}

impl Kind {
    /// All of them, in the order in which the coverage page shows them.
    pub const ALL: [Self; 5] = [
        Self::System,
        Self::Project,
        Self::Pitfall,
        Self::Erratum,
        Self::Claim,
    ];

    /// Its rows, for a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::System => "Systems",
            Self::Project => "Projects",
            Self::Pitfall => "Pitfalls",
            Self::Erratum => "Errata",
            Self::Claim => "Claims",
        }
    }
}

/// The name of a row, such as `a:P27b`, `b:C-7` or `b:project-C9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId {
    /// The list that it is in.
    pub list: List,
    /// What it is about.
    pub kind: Kind,
    number: u16,
    /// A small letter after the number; 0 where there is none.
    suffix: u8,
}

impl RowId {
    /// Its anchor on the coverage page: `a-P27b`.
    pub fn anchor(self) -> String {
        self.to_string().replace(':', "-")
    }

    /// How its kind is written in its list: list b writes its claims with a dash.
    fn prefix(self) -> &'static str {
        match (self.kind, self.list) {
            (Kind::System, _) => "S",
            (Kind::Project, _) => "project-C",
            (Kind::Pitfall, _) => "P",
            (Kind::Erratum, _) => "E",
            (Kind::Claim, List::B) => "C-",
            (Kind::Claim, _) => "C",
        }
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, prefix) = (self.list.letter(), self.prefix());
        write!(f, "{letter}:{prefix}{}", self.number)?;
        match self.suffix {
            0 => Ok(()),
            letter => write!(f, "{}", char::from(letter)),
        }
    }
}

/// Why a text is not the name of a row.
#[derive(Debug, PartialEq, Eq)]
pub struct NotARow(String);

impl fmt::Display for NotARow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        write!(
            f,
            "`{text}` is not the id of a row; they look like a:S12, a:P27b, b:C-7, b:project-C9"
        )
    }
}

impl std::error::Error for NotARow {}

impl FromStr for RowId {
    type Err = NotARow;

    fn from_str(text: &str) -> Result<Self, NotARow> {
        let parts = split(text).ok_or_else(|| NotARow(text.to_owned()))?;
        // Only one spelling is right: `b:C7` and `a:S012` would make other anchors.
        match parts.to_string() == text {
            true => Ok(parts),
            false => Err(NotARow(text.to_owned())),
        }
    }
}

fn split(text: &str) -> Option<RowId> {
    let (list, rest) = text.split_once(':')?;
    let list = List::ALL
        .into_iter()
        .find(|l| list == l.letter().to_string())?;
    let digits = rest.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = rest.split_at(digits);
    let suffix = rest.bytes().last().filter(u8::is_ascii_lowercase);
    let number = &rest[..rest.len() - usize::from(suffix.is_some())];
    let kind = match (prefix, list) {
        ("S", _) => Kind::System,
        ("P", _) => Kind::Pitfall,
        ("E", _) => Kind::Erratum,
        ("C", List::A | List::C) | ("C-", List::B) => Kind::Claim,
        ("project-C", List::B) => Kind::Project,
        _ => return None,
    };
    Some(RowId {
        list,
        kind,
        number: number.parse().ok()?,
        suffix: suffix.unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_and_written_the_same() {
        for text in [
            "a:S12",
            "a:P27b",
            "b:C-7",
            "b:project-C9",
            "c:E14b",
            "c:C54",
        ] {
            let row: RowId = text.parse().expect(text);
            assert_eq!(row.to_string(), text);
        }
        let row: RowId = "b:project-C9".parse().expect("a row");
        assert_eq!(row.anchor(), "b-project-C9");
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "d:S1",
            "a:S",
            "a:X1",
            "S1",
            "a:S1-2",
            "a:S012",
            "b:C7",
            "a:C-7",
            "a:project-C1",
            "a:S1B",
            "a:S1bb",
            "a:S99999999",
            "a:",
            "",
            "ab:S1",
        ] {
            assert!(text.parse::<RowId>().is_err(), "{text} was accepted");
        }
    }

    #[test]
    fn rows_are_in_the_order_of_their_numbers() {
        let mut rows: Vec<RowId> = ["a:P27b", "a:P100", "a:P27", "a:S3", "a:P9"]
            .iter()
            .map(|text| text.parse().expect("a row"))
            .collect();
        rows.sort();
        let rows: Vec<String> = rows.iter().map(RowId::to_string).collect();
        assert_eq!(rows, ["a:S3", "a:P9", "a:P27", "a:P27b", "a:P100"]);
    }
}

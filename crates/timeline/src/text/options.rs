//! How a text picture is to look.

/// The narrowest and the widest picture, in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=100;

/// How a text picture is to look. The default is plain: 100 columns, Unicode, no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The most columns to use; from 60 to 100, other numbers are taken as the nearest of these.
    pub width: usize,
    /// Use ASCII characters only.
    pub ascii: bool,
    /// Use ANSI colours.
    pub colour: bool,
}

impl Default for Text {
    fn default() -> Self {
        Text {
            width: *WIDTHS.end(),
            ascii: false,
            colour: false,
        }
    }
}

impl Text {
    /// What suits the output of this process: colour where `is_terminal` and neither `NO_COLOR`
    /// nor `TERM=dumb` forbids it, ASCII where `LC_ALL`, `LC_CTYPE` or `LANG` names another
    /// encoding than UTF-8, and the width of `COLUMNS` where that is set.
    #[must_use]
    pub fn detect(is_terminal: bool) -> Text {
        Text::from_environment(is_terminal, |name| std::env::var(name).ok())
    }

    /// As [`Text::detect`], with the environment as a function.
    #[must_use]
    pub fn from_environment(is_terminal: bool, get: impl Fn(&str) -> Option<String>) -> Text {
        let get = |name| get(name).filter(|value| !value.is_empty());
        // The first of these that is set decides; where none is, nothing speaks against UTF-8.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(get);
        let utf8 = locale.is_none_or(|l| {
            let l = l.to_ascii_lowercase();
            l.contains("utf-8") || l.contains("utf8")
        });
        let dumb = get("TERM").is_some_and(|term| term == "dumb");
        let columns = get("COLUMNS").and_then(|c| c.parse().ok());
        Text {
            width: columns.unwrap_or(*WIDTHS.end()),
            ascii: !utf8,
            colour: is_terminal && !dumb && get("NO_COLOR").is_none(),
        }
    }

    pub(crate) fn columns(&self) -> usize {
        self.width.clamp(*WIDTHS.start(), *WIDTHS.end())
    }
}

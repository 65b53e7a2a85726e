//! What rustc says, read from cargo's messages.

use serde::Deserialize;

/// One error or warning.
#[derive(Clone, Debug, Deserialize)]
pub struct Diagnostic {
    /// The sentence after `error:`.
    pub message: String,
    /// `E0308` and its kin; some errors have none.
    pub code: Option<Code>,
    /// `error`, `warning`, `failure-note`…
    pub level: String,
    /// Where.
    pub spans: Vec<Span>,
    /// As rustc draws it, with colour.
    pub rendered: Option<String>,
}

/// The name of a kind of error.
#[derive(Clone, Debug, Deserialize)]
pub struct Code {
    /// `E0308`
    pub code: String,
}

/// A stretch of source text.
#[derive(Clone, Debug, Deserialize)]
pub struct Span {
    /// As rustc was given it.
    pub file_name: String,
    /// Counted from 1.
    pub line_start: usize,
    /// Whether this is the place that the error is about.
    pub is_primary: bool,
    /// The lines.
    #[serde(default)]
    pub text: Vec<Line>,
    /// The use of a macro that this text comes from.
    #[serde(default)]
    pub expansion: Option<Box<Expansion>>,
}

/// The use of a macro.
#[derive(Clone, Debug, Deserialize)]
pub struct Expansion {
    /// Where the macro is used.
    pub span: Span,
}

/// A line of source text, part of which is meant.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// The whole line.
    pub text: String,
    /// The first character that is meant, counted from 1.
    pub highlight_start: usize,
}

impl Span {
    /// Where a reader of `file` sees it: here, or where a macro of somebody else is used.
    pub fn seen_in(&self, file: &str) -> Option<&Span> {
        if self.file_name == file {
            return Some(self);
        }
        self.expansion.as_ref()?.span.seen_in(file)
    }
}

impl Diagnostic {
    /// Whether the program is refused because of it, and not because of another one.
    pub fn is_error(&self) -> bool {
        self.level.starts_with("error") && !self.spans.is_empty()
    }

    /// `E0308`, or nothing.
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(|code| code.code.as_str())
    }

    /// The place that the error is about.
    pub fn primary(&self) -> Option<&Span> {
        self.spans.iter().find(|span| span.is_primary)
    }

    /// The name that could not be found, as the program writes it: `std::sync::Exotic`.
    ///
    /// Only for errors about names.
    pub fn unknown_name(&self) -> Option<String> {
        let named = matches!(
            self.code()?,
            "E0405" | "E0412" | "E0422" | "E0423" | "E0425" | "E0432" | "E0433" | "E0531" | "E0599"
        );
        if !named {
            return None;
        }
        if let Some(import) = self.message.strip_prefix("unresolved import `") {
            return import.split('`').next().map(str::to_owned);
        }
        let line = self.primary()?.text.first()?;
        path_at(&line.text, line.highlight_start.checked_sub(1)?)
    }
}

/// The path in a line of Rust that has a character in it, such as `std::sync::Exotic`.
fn path_at(line: &str, at: usize) -> Option<String> {
    let letters: Vec<char> = line.chars().collect();
    let in_path = |index: usize| {
        letters
            .get(index)
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
    };
    if !in_path(at) {
        return None;
    }
    let start = (0..=at).rev().take_while(|index| in_path(*index)).last()?;
    let end = (at..letters.len())
        .take_while(|index| in_path(*index))
        .last()?;
    let path: String = letters[start..=end].iter().collect();
    let path = path.trim_matches(':');
    (!path.is_empty()).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_around_a_character() {
        for (line, at, expected) in [
            (
                "    let x = std::sync::Exotic::new();",
                23,
                Some("std::sync::Exotic::new"),
            ),
            ("    m.exotic(3)", 6, Some("exotic")),
            ("use a::{B, C};", 11, Some("C")),
            ("x + y", 2, None),
            ("", 0, None),
            ("größe::x", 3, Some("größe::x")),
        ] {
            assert_eq!(path_at(line, at).as_deref(), expected, "{line} at {at}");
        }
    }

    #[test]
    fn an_error_inside_a_macro_is_seen_where_the_macro_is_used() {
        let span = |file: &str, line, expansion| Span {
            file_name: file.to_owned(),
            line_start: line,
            is_primary: true,
            text: Vec::new(),
            expansion,
        };
        let used = span("src/lib.rs", 10, None);
        let inside = span(
            "tokio/src/macros/select.rs",
            812,
            Some(Box::new(Expansion { span: used })),
        );
        let line = |file| inside.seen_in(file).map(|span| span.line_start);
        assert_eq!(line("src/lib.rs"), Some(10));
        assert_eq!(line("tokio/src/macros/select.rs"), Some(812));
        assert_eq!(line("src/main.rs"), None);
    }

    #[test]
    fn an_error_about_a_name_names_it() {
        let diagnostic = |code: &str, message: &str, text: &str, at: usize| Diagnostic {
            message: message.to_owned(),
            code: Some(Code {
                code: code.to_owned(),
            }),
            level: "error".to_owned(),
            spans: vec![Span {
                file_name: "src/lib.rs".to_owned(),
                line_start: 1,
                is_primary: true,
                text: vec![Line {
                    text: text.to_owned(),
                    highlight_start: at,
                }],
                expansion: None,
            }],
            rendered: None,
        };
        for (code, message, text, at, expected) in [
            (
                "E0432",
                "unresolved import `std::sync::Exotic`",
                "use std::sync::Exotic;",
                5,
                Some("std::sync::Exotic"),
            ),
            (
                "E0433",
                "failed to resolve: could not find `exotic` in `std`",
                "std::exotic::go()",
                6,
                Some("std::exotic::go"),
            ),
            (
                "E0599",
                "no method named `exotic` found",
                "m.exotic()",
                3,
                Some("exotic"),
            ),
            ("E0308", "mismatched types", "let x: u8 = y;", 13, None),
        ] {
            let found = diagnostic(code, message, text, at).unknown_name();
            assert_eq!(found.as_deref(), expected, "{code}: {text}");
        }
    }
}

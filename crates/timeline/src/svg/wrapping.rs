//! Breaks the texts of a picture into lines.

use crate::clean::{clip, width, wrap};

/// The most lines of source text.
const CODE_LINES: usize = 2;

/// Source text on at most [`CODE_LINES`] lines: broken where a person would break it, the later
/// ones indented.
pub(super) fn code_lines(code: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<&str> = Vec::new();
    let mut rest = code;
    while lines.len() + 1 < CODE_LINES && width(rest) > columns {
        let Some(end) = break_at(rest, columns) else {
            break;
        };
        lines.push(rest[..end].trim_end());
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    let indented = lines.iter().enumerate().map(|(i, line)| {
        let indent = if i == 0 { "" } else { "\u{a0}\u{a0}" };
        clip(&format!("{indent}{line}"), columns, "…")
    });
    indented.collect()
}

/// Where to break a line that is too long: as late as possible between words or before a `.`,
/// unless that leaves most of the line empty; else after a bracket.
fn break_at(code: &str, columns: usize) -> Option<usize> {
    let (mut good, mut any) = (None, None);
    let mut before = code.chars().next()?;
    for (i, c) in code.char_indices().skip(1) {
        let used = width(code[..i].trim_end());
        if used > columns {
            break;
        }
        if !matches!(c, ' ' | ')' | ']' | '{' | '}') {
            let word = matches!(before, ' ' | ',') || (c == '.' && before != '.');
            if word && used * 3 > columns {
                good = Some(i);
            }
            if word || matches!(before, '(' | '[' | '{') {
                any = Some(i);
            }
        }
        before = c;
    }
    good.or(any)
}

/// At most `most` lines; the last is clipped if there is more.
pub(super) fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut lines = wrap(text, columns);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(clip(&rest, columns, "…"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_lines_are_broken_where_a_person_would() {
        let cases = [
            (
                "let seen = hits.load(SeqCst);",
                22,
                ["let seen = hits", "  .load(SeqCst);"],
            ),
            (
                "hits.store(seen + 1, SeqCst);",
                22,
                ["hits.store(seen + 1,", "  SeqCst);"],
            ),
            (
                "assert_eq!(total(a, b), 2);",
                14,
                ["assert_eq!(", "  total(a, b)…"],
            ),
            (
                "if done.load(SeqCst) {",
                20,
                ["if done", "  .load(SeqCst) {"],
            ),
            ("aVeryLongNameWithoutAnEnd", 12, ["aVeryLongNa…", ""]),
        ];
        for (code, columns, expected) in cases {
            let lines = code_lines(code, columns);
            let expected: Vec<String> = expected
                .iter()
                .filter(|l| !l.is_empty())
                .map(|l| l.replace("  ", "\u{a0}\u{a0}"))
                .collect();
            assert_eq!(lines, expected, "{code} in {columns}");
        }
    }
}

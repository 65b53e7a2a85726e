//! Breaks the texts of a picture into lines.

use crate::clean::{clip, width, wrap};

/// The most lines of source text.
const CODE_LINES: usize = 2;

/// Source text on at most [`CODE_LINES`] lines: broken where a person would break it, the later
/// ones indented.
pub(super) fn code_lines(code: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(code) {
        let indented = if lines.is_empty() { 0 } else { 2 };
        let full = indented + width(&line) + width(piece.trim_end()) > columns;
        if full && !line.is_empty() && lines.len() + 1 < CODE_LINES {
            lines.push(std::mem::take(&mut line).trim_end().to_string());
        }
        line.push_str(piece);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    for (i, line) in lines.iter_mut().enumerate() {
        let indent = if i == 0 { "" } else { "\u{a0}\u{a0}" };
        *line = clip(&format!("{indent}{line}"), columns, "…");
    }
    lines
}

/// Source text cut before every `.` and after every space, comma and opening bracket.
fn pieces(code: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (i, c) in code.char_indices() {
        let here = (c == '.' && before != '.' && !before.is_ascii_digit())
            || (matches!(before, ' ' | ',' | '(' | '[' | '{')
                && !matches!(c, ' ' | ')' | ']' | '{' | '}'));
        if here && i > start {
            pieces.push(&code[start..i]);
            start = i;
        }
        before = c;
    }
    pieces.push(&code[start..]);
    pieces.retain(|p| !p.is_empty());
    pieces
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

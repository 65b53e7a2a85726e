//! Small changes to a program, of the kinds that a tired programmer makes.

use std::ops::Range;

use super::statements::{blocks, closing, is_branch};
use crate::tokens::{self, Token};

/// A program that differs from another one in one place.
#[derive(Debug, PartialEq, Eq)]
pub struct Mutant {
    /// Where, counted from 1.
    pub line: usize,
    /// What was done to it.
    pub change: String,
    /// All of it.
    pub source: String,
}

/// Words and signs that are taken for one another.
const MISTAKEN: [(&str, &str); 13] = [
    ("true", "false"),
    ("notify_all", "notify_one"),
    ("notify_waiters", "notify_one"),
    ("push_back", "push_front"),
    ("pop_front", "pop_back"),
    ("is_some", "is_none"),
    ("is_ok", "is_err"),
    ("all", "any"),
    ("min", "max"),
    ("break", "continue"),
    ("fetch_add", "fetch_sub"),
    ("checked_add", "checked_sub"),
    ("SeqCst", "Relaxed"),
];

/// Operators, as they stand between two spaces, and what becomes of them.
const TURNED: [(&str, &str); 12] = [
    ("==", "!="),
    ("!=", "=="),
    ("<", "<="),
    ("<=", "<"),
    (">", ">="),
    (">=", ">"),
    ("&&", "||"),
    ("||", "&&"),
    ("+", "-"),
    ("-", "+"),
    ("+=", "-="),
    ("-=", "+="),
];

/// Every small change to a program that rustfmt has laid out. Not all of them compile.
pub fn mutants(source: &str) -> Vec<Mutant> {
    let tokens = tokens::tokens(source);
    let mut mutants = Vec::new();
    let mut change = |line: usize, change: String, bytes: Range<usize>, instead: &str| {
        let source = format!(
            "{}{instead}{}",
            &source[..bytes.start],
            &source[bytes.end..]
        );
        mutants.push(Mutant {
            line,
            change,
            source,
        });
    };
    for block in blocks(&tokens) {
        let bytes =
            |piece: &Range<usize>| tokens[piece.start].span.start..tokens[piece.end - 1].span.end;
        let pieces: Vec<Range<usize>> = block
            .pieces
            .into_iter()
            .filter(|piece| !is_item(&tokens[piece.start].text))
            .collect();
        for piece in &pieces {
            let line = tokens[piece.start].line;
            let text = first_line(&source[bytes(piece)]);
            change(line, format!("without `{text}`"), bytes(piece), "");
        }
        for two in pieces.windows(2) {
            // The order of the branches of a `match` says nothing, or does not compile.
            if is_branch(&tokens, &two[0]) && !block.of_macro {
                continue;
            }
            let (first, second) = (bytes(&two[0]), bytes(&two[1]));
            let swapped = format!(
                "{}{}{}",
                &source[second.clone()],
                &source[first.end..second.start],
                &source[first.clone()]
            );
            let text = format!(
                "`{}` behind `{}`",
                first_line(&source[first.clone()]),
                first_line(&source[second.clone()])
            );
            change(
                tokens[two[0].start].line,
                text,
                first.start..second.end,
                &swapped,
            );
        }
    }
    for (index, token) in tokens.iter().enumerate() {
        if let Some(instead) = mistaken(&tokens, index) {
            let text = format!("`{instead}` for `{}`", token.text);
            change(token.line, text, token.span.clone(), &instead);
        }
        if let Some((sign, instead)) = turned(source, &tokens, index) {
            let bytes = token.span.start..token.span.start + sign.len();
            change(
                token.line,
                format!("`{instead}` for `{sign}`"),
                bytes,
                instead,
            );
        }
        if let Some(bytes) = condition(&tokens, index) {
            let condition = &source[bytes.clone()];
            let text = format!("`{}` turned round", first_line(condition));
            change(token.line, text, bytes.clone(), &format!("!({condition})"));
        }
    }
    mutants
}

/// What stands for itself and does nothing.
fn is_item(word: &str) -> bool {
    matches!(
        word,
        "#" | "const"
            | "enum"
            | "fn"
            | "impl"
            | "mod"
            | "pub"
            | "struct"
            | "trait"
            | "type"
            | "use"
    )
}

fn mistaken(tokens: &[Token], index: usize) -> Option<String> {
    let word = tokens[index].text.as_str();
    if let Ok(number) = word.parse::<u64>() {
        return Some((number + 1).to_string());
    }
    MISTAKEN.iter().find_map(|(one, other)| match word {
        _ if word == *one => Some((*other).to_owned()),
        _ if word == *other => Some((*one).to_owned()),
        _ => None,
    })
}

/// rustfmt puts spaces round an operator, and none round the brackets of a generic type.
fn turned(source: &str, tokens: &[Token], index: usize) -> Option<(&'static str, &'static str)> {
    let rest = &source[tokens[index].span.start..];
    let spaced = source[..tokens[index].span.start].ends_with(char::is_whitespace);
    TURNED.into_iter().find(|(sign, _)| {
        let behind = rest.strip_prefix(sign);
        spaced && behind.is_some_and(|behind| behind.starts_with(char::is_whitespace))
    })
}

/// The bytes of the condition behind an `if` or a `while`; none if it is a pattern.
fn condition(tokens: &[Token], index: usize) -> Option<Range<usize>> {
    if !matches!(tokens[index].text.as_str(), "if" | "while") {
        return None;
    }
    let start = index + 1;
    let mut end = start;
    loop {
        match tokens.get(end)?.text.as_str() {
            "{" => break,
            // The guard of a `match`, or of a branch of `select!`.
            "=" if tokens.get(end + 1)?.text == ">" => break,
            "," => break,
            "let" => return None,
            "(" | "[" => end = closing(tokens, end),
            _ => {}
        }
        end += 1;
    }
    (start < end).then(|| tokens[start].span.start..tokens[end - 1].span.end)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn become_each(source: &str, expected: &[&str]) {
        let found: Vec<String> = mutants(source)
            .into_iter()
            .map(|mutant| mutant.source)
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn statements_are_left_out_and_change_places() {
        become_each(
            "{ a(); b(); }",
            &["{  b(); }", "{ a();  }", "{ b(); a(); }"],
        );
        become_each("{ use a; b(); }", &["{ use a;  }"]);
    }

    #[test]
    fn conditions_are_turned_round() {
        become_each(
            "fn f() { if a == b {} }",
            &[
                "fn f() {  }",
                "fn f() { if !(a == b) {} }",
                "fn f() { if a != b {} }",
            ],
        );
    }

    #[test]
    fn patterns_and_types_are_left_alone() {
        become_each("f::<Vec<u8>>(a)", &[]);
        become_each("if let Some(a) = b {}", &[]);
    }

    #[test]
    fn words_are_mistaken_for_one_another() {
        become_each("f(0, true)", &["f(1, true)", "f(0, false)"]);
        become_each("c.notify_one()", &["c.notify_all()"]);
    }
}

//! Where the statements and the branches of a program begin and end.
//!
//! This is no parser. It knows brackets, semicolons and arrows, which is enough for code that
//! rustfmt has laid out; what it gets wrong does not compile, and is not counted.

use std::ops::Range;

use crate::tokens::Token;

/// A pair of braces.
pub struct Block {
    /// What follows each other in it, as indices of tokens: the statements of a block, or the
    /// branches of a `match` or a `select!`.
    pub pieces: Vec<Range<usize>>,
    /// Whether it belongs to a macro, such as `select!`.
    pub of_macro: bool,
}

/// Every pair of braces.
pub fn blocks(tokens: &[Token]) -> Vec<Block> {
    let opens = (0..tokens.len()).filter(|open| tokens[*open].text == "{");
    let block = |open: usize| Block {
        pieces: pieces(tokens, open + 1..closing(tokens, open)),
        of_macro: open > 0 && tokens[open - 1].text == "!",
    };
    opens.map(block).collect()
}

/// The index of the bracket that closes the one at `open`.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    tokens.len()
}

/// Whether a piece is a branch of a `match` or a `select!`.
pub fn is_branch(tokens: &[Token], piece: &Range<usize>) -> bool {
    let mut at = piece.start;
    while at + 1 < piece.end {
        match tokens[at].text.as_str() {
            "{" | "(" | "[" => at = closing(tokens, at),
            "=" if tokens[at + 1].text == ">" => return true,
            _ => {}
        }
        at += 1;
    }
    false
}

fn pieces(tokens: &[Token], body: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = body.start;
    let mut at = body.start;
    while at < body.end {
        let ends = match tokens[at].text.as_str() {
            ";" => true,
            // Between branches, or behind a field, whose place says nothing.
            "," => {
                let is_branch = is_branch(tokens, &(start..at));
                start = if is_branch { start } else { at + 1 };
                is_branch
            }
            "{" | "(" | "[" => {
                let is_block = tokens[at].text == "{";
                at = closing(tokens, at);
                is_block && !goes_on(tokens, at + 1)
            }
            _ => false,
        };
        at += 1;
        if ends && at <= body.end {
            pieces.push(start..at);
            start = at;
        }
    }
    if start < body.end {
        pieces.push(start..body.end);
    }
    pieces
}

/// Whether an expression goes on behind a block.
fn goes_on(tokens: &[Token], next: usize) -> bool {
    let text = |index: usize| tokens.get(index).map(|token| token.text.as_str());
    match text(next) {
        // The last branch of a `select!` begins with the same word.
        Some("else") => text(next + 1) != Some("="),
        next => matches!(next, Some("." | "?" | ";" | "," | ")" | "=" | "&" | "|")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    #[track_caller]
    fn splits(source: &str, expected: &[&str]) {
        let tokens = tokens(source);
        let outer = blocks(&tokens).into_iter().next().expect("a block");
        let found: Vec<&str> = outer
            .pieces
            .into_iter()
            .map(|piece| &source[tokens[piece.start].span.start..tokens[piece.end - 1].span.end])
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn statements_end_with_a_semicolon_or_a_block() {
        splits(
            "{ a(); b(|| { c; d }); e }",
            &["a();", "b(|| { c; d });", "e"],
        );
        splits(
            "{ if a { b } else { c } d; }",
            &["if a { b } else { c }", "d;"],
        );
        splits("{ loop { a; } }", &["loop { a; }"]);
        splits(
            "{ let a = { b }; { c }.d(); }",
            &["let a = { b };", "{ c }.d();"],
        );
        splits(
            "{ let Some(a) = b else { c }; d }",
            &["let Some(a) = b else { c };", "d"],
        );
    }

    #[test]
    fn fields_are_no_statements() {
        splits("{ a: b, c: d, }", &[]);
    }

    #[test]
    fn branches_end_with_a_comma_or_a_block() {
        splits(
            "{ biased; () = a(b, c) => d, Some(e) = f => { g } else => break }",
            &[
                "biased;",
                "() = a(b, c) => d,",
                "Some(e) = f => { g }",
                "else => break",
            ],
        );
    }
}

//! Rust source as a row of words and signs, without comments and without what stands in quotes.
//!
//! This is not a parser. It is as much as is needed to find a name in a program.

use std::ops::Range;

/// A word or a sign, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// A name, a number, or one sign; a literal in quotes is `"`.
    pub text: String,
    /// Counted from 1.
    pub line: usize,
    /// Its bytes in the source.
    pub span: Range<usize>,
}

/// Splits source text.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader {
        rest: source,
        line: 1,
    };
    let mut tokens = Vec::new();
    while let Some(first) = reader.rest.chars().next() {
        let line = reader.line;
        let start = source.len() - reader.rest.len();
        if let Some(text) = reader.token(first) {
            tokens.push(Token {
                text: text.to_owned(),
                line,
                span: start..source.len() - reader.rest.len(),
            });
        }
    }
    tokens
}

/// The names of the `#[test]` functions, in order.
pub fn test_names(source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut names = Vec::new();
    for (index, window) in texts.windows(4).enumerate() {
        if window == ["#", "[", "test", "]"] {
            let after = &texts[index + 4..];
            let name = after.iter().skip_while(|text| **text != "fn").nth(1);
            names.extend(name.map(|name| (*name).to_owned()));
        }
    }
    names
}

struct Reader<'s> {
    rest: &'s str,
    line: usize,
}

impl<'s> Reader<'s> {
    fn take(&mut self, bytes: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at(bytes.min(self.rest.len()));
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    /// Takes one thing; nothing if it is a comment or a space.
    fn token(&mut self, first: char) -> Option<&'s str> {
        if first.is_whitespace() {
            self.take(first.len_utf8());
            return None;
        }
        if self.rest.starts_with("//") {
            self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
            return None;
        }
        if self.rest.starts_with("/*") {
            self.take(block_comment(self.rest));
            return None;
        }
        if let Some(length) = quoted(self.rest) {
            self.take(length);
            return Some("\"");
        }
        if first.is_alphanumeric() || first == '_' {
            let raw = if self.rest.starts_with("r#") { 2 } else { 0 };
            self.take(raw);
            return Some(self.take(word(self.rest)));
        }
        // A lifetime's quote stands for itself.
        Some(self.take(first.len_utf8()))
    }
}

fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len())
}

/// The length of a block comment; they nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// The length of a string or character literal of any kind, if one begins here.
fn quoted(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        let rest = text.strip_prefix(prefix);
        let raw = prefix.ends_with('r');
        rest.is_some_and(|rest| {
            rest.starts_with('"')
                || (raw && rest.trim_start_matches('#').starts_with('"') && rest.starts_with('#'))
                || (!raw && *prefix != "c" && rest.starts_with('\''))
        })
    })?;
    let rest = &text[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let body = &rest[hashes + 1..];
        let length = body.find(&end).map_or(body.len(), |at| at + end.len());
        return Some(prefix.len() + hashes + 1 + length);
    }
    let quote = rest.chars().next()?;
    let length = closing(&rest[1..], quote)?;
    Some(prefix.len() + 1 + length)
}

/// The length up to and with the closing quote; nothing if the quote begins a lifetime.
fn closing(text: &str, quote: char) -> Option<usize> {
    if quote == '\'' {
        let mut letters = text.chars();
        let (first, second) = (letters.next()?, letters.next());
        if first != '\\' && second != Some('\'') {
            return None;
        }
    }
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == quote {
            return Some(at + 1);
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn splits(source: &str, expected: &[&str]) {
        let tokens = tokens(source);
        let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(texts, expected, "{source}");
    }

    #[test]
    fn words_and_signs_are_split() {
        splits(
            "let x=y.z();",
            &["let", "x", "=", "y", ".", "z", "(", ")", ";"],
        );
        splits(
            "Arc::<T>::f",
            &["Arc", ":", ":", "<", "T", ">", ":", ":", "f"],
        );
        splits("r#type größe_2", &["type", "größe_2"]);
    }

    #[test]
    fn comments_are_left_out() {
        splits("a // b\nc", &["a", "c"]);
        splits("a /* b /* c */ d */ e", &["a", "e"]);
        splits("a //", &["a"]);
        splits("a /* b", &["a"]);
    }

    #[test]
    fn what_stands_in_quotes_is_left_out() {
        splits(
            r#"f("a // b", 'c', b'\'', '\u{1F}')"#,
            &["f", "(", "\"", ",", "\"", ",", "\"", ",", "\"", ")"],
        );
        splits(r##"r#"a " b"# c"##, &["\"", "c"]);
        splits(r#"br"a\" c"#, &["\"", "c"]);
        splits(r#""a \" b" c"#, &["\"", "c"]);
        splits("\"never closed", &["\""]);
    }

    #[test]
    fn a_lifetime_is_not_a_quote() {
        splits("&'a str", &["&", "'", "a", "str"]);
        splits("'outer: loop", &["'", "outer", ":", "loop"]);
        splits(
            "f::<'_>('x')",
            &["f", ":", ":", "<", "'", "_", ">", "(", "\"", ")"],
        );
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let tokens = tokens("a\n/* \n */ b\n\"\n\" c");
        let lines: Vec<(&str, usize)> = tokens
            .iter()
            .map(|token| (token.text.as_str(), token.line))
            .collect();
        assert_eq!(lines, [("a", 1), ("b", 3), ("\"", 4), ("c", 5)]);
    }

    #[test]
    fn a_token_knows_its_bytes() {
        let source = "größe \"a b\" r#type";
        let spans: Vec<&str> = tokens(source)
            .into_iter()
            .map(|token| &source[token.span])
            .collect();
        assert_eq!(spans, ["größe", "\"a b\"", "r#type"]);
    }

    #[test]
    fn tests_are_found_by_their_attribute() {
        let source = "
            fn helper() {}
            /// #[test] fn not_this() {}
            #[test]
            fn first() { helper() }
            #[test]
            #[should_panic]
            fn second() {}
        ";
        assert_eq!(test_names(source), ["first", "second"]);
    }
}

//! The explanation of a pair: the documentation of its `mod.rs`, in parts.

use anyhow::{Result, bail};

use crate::html;
use crate::rust;
use crate::workshop::{Pair, Workshop};

/// The parts of an explanation, as Markdown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The first paragraph.
    pub subject: String,
    /// What goes wrong, in Go and in Rust.
    pub why: String,
    /// The rule or the mend; empty where there is none.
    pub rule: String,
    /// Who catches it.
    pub caught: String,
}

impl Explanation {
    /// Reads the explanation of a pair.
    ///
    /// # Errors
    /// When a part is missing.
    pub fn of(workshop: &Workshop, pair: &Pair) -> Result<Explanation> {
        let file = pair.explanation();
        let parts = Explanation::parse(&rust::documentation(&workshop.read(&file)?));
        for (part, name) in [
            (&parts.subject, "a first paragraph"),
            (&parts.why, "**What goes wrong.**"),
            (&parts.caught, "**Who catches it.**"),
        ] {
            if part.is_empty() {
                bail!("{file} does not have {name}");
            }
        }
        Ok(parts)
    }

    fn parse(documentation: &str) -> Explanation {
        let mut parts = Explanation::default();
        let mut part = &mut parts.subject;
        for paragraph in documentation.split("\n\n") {
            let lead = paragraph.trim_start().strip_prefix("**").unwrap_or("");
            if lead.starts_with("What goes wrong") {
                part = &mut parts.why;
            } else if lead.starts_with("The rule") || lead.starts_with("The mend") {
                part = &mut parts.rule;
            } else if lead.starts_with("Who catches it") {
                part = &mut parts.caught;
            } else if paragraph.trim_start().starts_with("Covers:") {
                // The rows of the ledger, at the end, are not for readers.
                break;
            }
            if !part.is_empty() {
                part.push_str("\n\n");
            }
            part.push_str(without_links(paragraph.trim()).as_str());
        }
        parts
    }
}

/// Why the broken program of a pair is wrong.
pub fn why(workshop: &Workshop, pair: &Pair) -> Result<String> {
    let parts = Explanation::of(workshop, pair)?;
    Ok(html::around("<div class=\"why\">", &parts.why))
}

/// The rule that follows from a pair.
pub fn rule(workshop: &Workshop, pair: &Pair) -> Result<String> {
    let parts = Explanation::of(workshop, pair)?;
    if parts.rule.is_empty() {
        bail!(
            "{} has neither **The rule.** nor **The mend.**",
            pair.explanation()
        );
    }
    Ok(html::around("<div class=\"rule\">", &parts.rule))
}

/// Whether a pair has a rule.
pub fn has_rule(workshop: &Workshop, pair: &Pair) -> bool {
    Explanation::of(workshop, pair).is_ok_and(|parts| !parts.rule.is_empty())
}

/// Markdown with the links of rustdoc replaced by their text. Links to the web remain.
pub fn without_links(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some(open) = rest.find('[') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let Some(close) = closing(after) else {
            out.push_str(&rest[open..]);
            return out;
        };
        let (text, tail) = (&after[..close], &after[close + 1..]);
        let target = ['(', '['].into_iter().zip([')', ']']);
        let target = target.filter(|(open, _)| tail.starts_with(*open));
        let target = target.flat_map(|(_, end)| tail.find(end)).next();
        let is_code = text.starts_with('`') && text.ends_with('`');
        let length = match target {
            Some(end) if !tail[1..].starts_with("http") => Some(end + 1),
            None if is_code => Some(0),
            _ => None,
        };
        match length {
            Some(length) => {
                out.push_str(text);
                rest = &tail[length..];
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where the bracket closes that is open before `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut in_code = false;
    for (at, c) in text.char_indices() {
        match c {
            '`' => in_code = !in_code,
            '[' if !in_code => depth += 1,
            ']' if !in_code && depth == 0 => return Some(at),
            ']' if !in_code => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_in_parts() {
        let parts = Explanation::parse(
            "A thing.\n\n**What goes wrong.** It [`breaks`](super::x).\n\n**In Go** it does too.\n\n\
             **The mend.** Do not.\n\nReally.\n\n**Who catches it.** Nobody.\n\nCovers: a:P1\n",
        );
        assert_eq!(parts.subject, "A thing.");
        assert_eq!(
            parts.why,
            "**What goes wrong.** It `breaks`.\n\n**In Go** it does too."
        );
        assert_eq!(parts.rule, "**The mend.** Do not.\n\nReally.");
        assert_eq!(parts.caught, "**Who catches it.** Nobody.");
    }

    #[test]
    fn links_of_rustdoc_become_code() {
        let cases = [
            ("[`a`](b::c) d", "`a` d"),
            ("[`a`] d", "`a` d"),
            ("[`a`][b] d", "`a` d"),
            ("[text](super::c)", "text"),
            ("[text](https://a.b/)", "[text](https://a.b/)"),
            ("`v[0]` and `#[must_use]`", "`v[0]` and `#[must_use]`"),
            ("`[1, 2]` and [", "`[1, 2]` and ["),
        ];
        for (markdown, text) in cases {
            assert_eq!(without_links(markdown), text);
        }
    }
}

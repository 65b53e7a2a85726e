//! Row ids in prose become links to their place on the coverage page.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::id::List;
use super::{RowId, Rows};
use crate::page::Page;
use crate::problem::Problems;

/// The page that has a place for every row.
const COVERAGE: &str = "reference/coverage.md";

impl Rows {
    /// One line of prose with its row ids made links. Code, links, HTML and headings stay as they
    /// are. An id without a row is a problem of that line.
    pub fn link(&self, page: &Page, line: usize, text: &str, problems: &mut Problems) -> String {
        let mut linked = String::new();
        let mut done = 0;
        for place in ids(text) {
            let id = &text[place.clone()];
            match id.parse::<RowId>() {
                Err(error) => problems.add(page.file(), line, error.to_string()),
                Ok(row) if !self.texts.contains_key(&row) => {
                    let what = format!("there is no row {row}; the rows are in book/rows/*.toml");
                    problems.add(page.file(), line, what);
                }
                Ok(row) => {
                    let target = page.link_to(&format!("{COVERAGE}#{}", row.anchor()));
                    linked.push_str(&text[done..place.start]);
                    linked.push_str(&format!("[{id}]({target})"));
                    done = place.end;
                }
            }
        }
        linked.push_str(&text[done..]);
        linked
    }
}

/// Where ids stand in the prose of one line of Markdown.
fn ids(text: &str) -> Vec<Range<usize>> {
    if !candidates(text).any(|_| true) {
        return Vec::new();
    }
    // Indentation belongs to a list around this line, and is no code here.
    let indent = text.len() - text.trim_start().len();
    let mut found = Vec::new();
    // Inside of how many links, headings and the like.
    let mut apart = 0;
    let options = MarkdownOptions::default();
    for (event, range) in new_cmark_parser(&text[indent..], &options).into_offset_iter() {
        match event {
            Event::Start(tag) if stands_apart(&tag) => apart += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                apart -= 1
            }
            Event::Text(_) if apart == 0 => {
                let start = range.start + indent;
                let part = &text[start..range.end + indent];
                found.extend(candidates(part).map(|place| place.start + start..place.end + start));
            }
            _ => {}
        }
    }
    found
}

fn stands_apart(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. } | Tag::CodeBlock(_)
    )
}

/// What looks like a row id, as a word of its own: a list's letter, a colon, a kind, a number.
fn candidates(text: &str) -> impl Iterator<Item = Range<usize>> {
    let colons = text.match_indices(':').map(|(colon, _)| colon);
    colons.filter_map(move |colon| {
        let list = text[..colon].chars().next_back()?;
        List::ALL.into_iter().find(|known| known.letter() == list)?;
        let start = colon - 1;
        let before = text[..start].chars().next_back();
        let rest = &text[colon + 1..];
        let kind = ["project-C", "C-", "C", "S", "P", "E"]
            .into_iter()
            .find(|kind| rest.strip_prefix(kind).is_some_and(starts_with_digit))?;
        let digits = rest[kind.len()..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let mut end = colon + 1 + kind.len() + digits;
        if text[end..].starts_with(|c: char| c.is_ascii_lowercase()) {
            end += 1;
        }
        let after = text[end..].chars().next();
        let in_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        (!in_word(before) && !in_word(after)).then_some(start..end)
    })
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page::parse(
            "ch11-deadlocks.md",
            "Deadlocks",
            "",
            &mut Problems::default(),
        )
    }

    fn linked(text: &str) -> (String, String) {
        let rows = Rows::of(
            "\"a:P27b\" = \"a guard in a match\"\n\"b:C-7\" = \"no cheap check\"",
            "[select]\n\"b:E39\" = { claims = \"It stops\", happens = \"No.\", how = \"ran\" }",
            "",
        );
        let mut problems = Problems::default();
        let text = rows.link(&page(), 42, text, &mut problems);
        (text, format!("{problems:?}"))
    }

    #[test]
    fn ids_become_links() {
        let (text, problems) = linked("  - see (a:P27b), b:C-7; and *b:E39*.");
        assert_eq!(
            text,
            "  - see ([a:P27b](reference/coverage.md#a-P27b)), \
             [b:C-7](reference/coverage.md#b-C-7); and *[b:E39](reference/coverage.md#b-E39)*.",
            "{problems}"
        );
        let (text, _) = linked("| a:P27b | x |");
        assert_eq!(text, "| [a:P27b](reference/coverage.md#a-P27b) | x |");
        let (text, _) = linked("        far indented a:P27b");
        assert!(text.contains("#a-P27b"), "{text}");
    }

    #[test]
    fn code_links_headings_and_words_stay() {
        for text in [
            "`a:P27b` and ``x a:P1``",
            "[a:P27b](elsewhere.md)",
            "## The row a:P27b",
            "<span title=\"a:P27b\">x</span>",
            "schema:C1 is none, nor is crab:E39 or a:Pair or a:P27bc",
            "nothing at all",
        ] {
            let (after, problems) = linked(text);
            assert_eq!(after, text);
            assert_eq!(problems, format!("{:?}", Problems::default()));
        }
    }

    #[test]
    fn an_unknown_id_is_a_problem_with_its_line() {
        for (text, why) in [
            ("see a:P99", "there is no row a:P99"),
            ("see b:C7", "`b:C7` is not the id of a row"),
        ] {
            let (after, problems) = linked(text);
            assert_eq!(after, text);
            assert!(problems.contains(why), "{problems}");
            assert!(problems.contains("42") && problems.contains("ch11-deadlocks.md"));
        }
    }
}

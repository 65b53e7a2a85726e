//! A page of the book as its author wrote it.

use crate::front::Front;
use crate::problem::Problems;

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Relative to `book/src`, with `/` between its parts: `ch11-deadlocks.md`.
    pub path: String,
    /// Its name in the table of contents.
    pub title: String,
    /// Its front matter, if it has some.
    pub front: Option<Front>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The lines of the file; line `n` is `lines[n - 1]`.
    pub lines: Vec<String>,
    /// What each line is.
    pub kinds: Vec<Kind>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 for the title of the page.
    pub level: u8,
    /// The id that it is linked by; the author's where there is one.
    pub id: String,
    /// Its text as Markdown, without the id.
    pub text: String,
    /// Its line in the file.
    pub line: usize,
    /// Whether the author has given the id.
    pub named: bool,
}

/// What a line of a page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Front matter, or one of its marks.
    Front,
    /// Markdown.
    Prose,
    /// Within a comment (`<!-- … -->`) that begins its line.
    Comment,
    /// The line that opens a block of code in that language.
    Open(String),
    /// Within a block of code in that language.
    Code(String),
    /// The line that closes a block of code.
    Close,
}

impl Page {
    /// Reads a page.
    pub fn parse(path: &str, title: &str, text: &str, problems: &mut Problems) -> Page {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut page = Page {
            path: path.to_owned(),
            title: title.to_owned(),
            front: None,
            headings: Vec::new(),
            kinds: Vec::with_capacity(lines.len()),
            lines,
        };
        page.read_front(problems);
        page.read_blocks(problems);
        page.read_other_headings(problems);
        page.headings = page.prose().filter_map(|(n, l)| heading(l, n)).collect();
        page
    }

    /// The file, from the root of the workshop.
    #[must_use]
    pub fn file(&self) -> String {
        format!("book/src/{}", self.path)
    }

    /// The file that mdBook makes of it, from the root of the output.
    #[must_use]
    pub fn output(&self) -> String {
        let path = self.path.replace("README.md", "index.md");
        format!("{}.html", path.trim_end_matches(".md"))
    }

    /// The lines of prose with their numbers.
    pub fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.lines.iter().zip(&self.kinds).enumerate();
        lines
            .filter(|(_, (_, kind))| **kind == Kind::Prose)
            .map(|(index, (line, _))| (index + 1, line.as_str()))
    }

    /// A link from this page to another one, given from `book/src`:
    /// `reference/coverage.md`, `ch11-deadlocks.md#lost-wakeup`.
    #[must_use]
    pub fn link_to(&self, other: &str) -> String {
        let up = "../".repeat(self.path.matches('/').count());
        format!("{up}{}", other.replace("README.md", "index.md"))
    }

    fn read_front(&mut self, problems: &mut Problems) {
        if self.lines.first().map(|l| l.trim_end()) != Some("+++") {
            return;
        }
        let Some(end) = self.lines[1..].iter().position(|l| l.trim_end() == "+++") else {
            problems.add(self.file(), 1, "the front matter is not closed with `+++`");
            return;
        };
        let text = self.lines[1..=end].join("\n");
        match Front::parse(&text) {
            Ok(front) => self.front = Some(front),
            Err((line, what)) => problems.add(self.file(), line.min(end + 2), what),
        }
        self.kinds = vec![Kind::Front; end + 2];
    }

    /// Headings that are not written with `#` would be seen by readers only.
    fn read_other_headings(&self, problems: &mut Problems) {
        let mut before = 0;
        for (number, line) in self.prose() {
            let line = line.trim();
            let tag = line.strip_prefix("<h").unwrap_or_default();
            let is_tag = tag.starts_with(|c: char| ('1'..='6').contains(&c));
            let is_line = |c: char| line.chars().all(|other| other == c);
            let underlines = before + 1 == number && (is_line('-') || is_line('='));
            if is_tag || underlines && !line.is_empty() {
                let what = "write a heading as `## Title {#id}`";
                problems.add(self.file(), number, what);
            }
            if !line.is_empty() {
                before = number;
            }
        }
    }

    fn read_blocks(&mut self, problems: &mut Problems) {
        let mut open: Option<(String, String, usize)> = None;
        let mut comment = None;
        for index in self.kinds.len()..self.lines.len() {
            let line = self.lines[index].trim();
            let marks = marks(line);
            if open.is_none() && line.starts_with("<!--") {
                comment.get_or_insert(index + 1);
            }
            let kind = match &open {
                None if comment.is_some() => {
                    if line.contains("-->") {
                        comment = None;
                    }
                    Kind::Comment
                }
                None if !marks.is_empty() => {
                    let info = line[marks.len()..].trim();
                    let language = info.split([',', ' ', '{']).next().unwrap_or_default();
                    open = Some((marks.to_owned(), language.to_owned(), index + 1));
                    Kind::Open(language.to_owned())
                }
                None => Kind::Prose,
                Some((opened, ..)) if line == marks && marks.starts_with(opened.as_str()) => {
                    open = None;
                    Kind::Close
                }
                Some((_, language, _)) => Kind::Code(language.clone()),
            };
            self.kinds.push(kind);
        }
        if let Some((_, _, line)) = open {
            problems.add(self.file(), line, "this block of code is not closed");
        }
        if let Some(line) = comment {
            problems.add(self.file(), line, "this comment is not closed with `-->`");
        }
    }
}

/// The marks at the beginning of a line that open or close a block of code.
fn marks(line: &str) -> &str {
    for mark in ['`', '~'] {
        let rest = line.trim_start_matches(mark);
        let marks = &line[..line.len() - rest.len()];
        if marks.len() >= 3 && !(mark == '`' && rest.contains('`')) {
            return marks;
        }
    }
    ""
}

fn heading(line: &str, number: usize) -> Option<Heading> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    if !(1..=6).contains(&level) || !text.starts_with(' ') {
        return None;
    }
    let text = text.trim();
    let attributes = text.strip_suffix('}').and_then(|t| t.rsplit_once('{'));
    let given = attributes.and_then(|(text, attributes)| {
        let id = attributes.split_whitespace().find(|a| a.starts_with('#'))?;
        Some((text.trim(), id[1..].to_owned()))
    });
    let named = given.is_some();
    let (text, id) = given.unwrap_or_else(|| (text, id_of(text)));
    Some(Heading {
        level: u8::try_from(level).unwrap_or(6),
        id,
        text: text.to_owned(),
        line: number,
        named,
    })
}

/// The id that mdBook gives to a heading without one.
fn id_of(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c.to_ascii_lowercase()),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_fence_is_no_prose() {
        let text = "# One\n```rust\n## no\n~~~\n```\n~~~~ text\n```\n~~~~\n## Two {#second}\n### A `b` c\n";
        let mut problems = Problems::default();
        let page = Page::parse("a/b.md", "B", text, &mut problems);
        let found: Vec<_> = page.headings.iter().map(|h| (h.level, &*h.id)).collect();
        assert_eq!(found, [(1, "one"), (2, "second"), (3, "a-b-c")]);
        assert_eq!(page.headings[1].text, "Two");
        assert!(problems.sorted().is_empty());
        assert_eq!(page.link_to("README.md#x"), "../index.md#x");
    }

    #[test]
    fn what_stands_in_a_comment_is_no_prose() {
        let text = "a\n<!-- b -->\n<!--\n# c\n```\n-->\nd `<!--` e\n";
        let mut problems = Problems::default();
        let page = Page::parse("p.md", "P", text, &mut problems);
        let prose: Vec<usize> = page.prose().map(|(number, _)| number).collect();
        assert_eq!(prose, [1, 7]);
        assert!(problems.sorted().is_empty());
    }

    #[test]
    fn a_heading_has_one_form() {
        for text in [
            "# a\n\nNew\n---\n",
            "# a\n\n\nNew\n=",
            "# a\n\n\n<h2>b</h2>",
        ] {
            let mut problems = Problems::default();
            Page::parse("p.md", "P", text, &mut problems);
            let problems = problems.sorted();
            assert!(problems.len() == 1 && problems[0].line >= 4, "{problems:?}");
        }
        let text = "# a\n\nb\n\n---\n\n| c |\n|---|\n| <h2> |\n";
        let mut problems = Problems::default();
        Page::parse("p.md", "P", text, &mut problems);
        assert!(problems.sorted().is_empty());
    }

    #[test]
    fn what_is_opened_has_to_be_closed() {
        for (text, line) in [
            ("a\n\n```rust\nfn\n", 3),
            ("+++\ncrate = \"x\"\n", 1),
            ("a\n<!-- b\n```\n", 2),
        ] {
            let mut problems = Problems::default();
            Page::parse("p.md", "P", text, &mut problems);
            let problems = problems.sorted();
            assert_eq!(problems.len(), 1, "{text}");
            assert_eq!(problems[0].line, line, "{text}");
        }
    }
}

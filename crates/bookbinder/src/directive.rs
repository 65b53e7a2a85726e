//! The directives of a page: `{{#picture lost_wakeup fixed}}`.

use std::fmt;

use crate::front::Format;
use crate::workshop::Version;

/// What stands in the place of a line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// One of the programs of a pair, or some of its items.
    Code(Version, String, Vec<String>),
    /// The picture of a schedule.
    Picture(Version, String),
    /// The scheduler to play.
    Play(String),
    /// Why the program is wrong.
    Why(String),
    /// From broken to fixed.
    Diff(String),
    /// The rule that follows.
    Rule(String),
    /// Who catches the mistake.
    Caught(String, Vec<Who>),
    /// What rustc refuses.
    Refused(String),
    /// The way to an exercise.
    Exercise(String),
    /// From here on: for the speaker.
    Notes,
    /// The end of what is for the speaker.
    EndOfNotes,
    /// The schedule of a workshop.
    Schedule(Format),
    /// The index of all pitfalls.
    Pitfalls,
    /// Where each row is taught.
    Coverage,
    /// What the guides get wrong.
    GuidesWrong,
}

/// Who can catch a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The compiler.
    Rustc,
    /// The linter.
    Clippy,
    /// The world of tasks.
    Tasks,
    /// The world of threads, in its interleavings.
    Threads,
    /// The world of threads, under the memory model only.
    MemoryModel,
    /// Somebody who reads the code.
    Human,
}

impl Who {
    /// What is to be said of one who does not catch a mistake. The programs of a pair compile, and
    /// what one world has found no other has to look for.
    pub fn otherwise(self) -> &'static str {
        match self {
            Who::Rustc | Who::Clippy => "does not",
            Who::Tasks | Who::Threads | Who::MemoryModel | Who::Human => "not needed",
        }
    }

    /// All, in the order in which they are shown.
    pub const ALL: [Who; 6] = [
        Who::Rustc,
        Who::Clippy,
        Who::Tasks,
        Who::Threads,
        Who::MemoryModel,
        Who::Human,
    ];

    /// The word in a directive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Who::Rustc => "rustc",
            Who::Clippy => "clippy",
            Who::Tasks => "tasks",
            Who::Threads => "threads",
            Who::MemoryModel => "memory-model",
            Who::Human => "human",
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Who::MemoryModel => "memory model",
            Who::Human => "a human",
            who => who.word(),
        })
    }
}

impl Directive {
    /// Reads a line. Nothing where it is no directive; an error where it would be one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(line: &str) -> Option<Result<Directive, String>> {
        let at = directive_in(line)?;
        let whole = line[at..].trim_end();
        let closed = whole.find("}}").map(|end| end + 2);
        if at > 0 || closed != Some(whole.len()) {
            let what = "a directive stands alone on its line, from its first column to its last";
            return Some(Err(format!("{what}: `{}`", line.trim())));
        }
        let inner = &whole[2..whole.len() - 2];
        Some(read(inner).map_err(|what| format!("{what} in `{whole}`")))
    }
}

/// Where a directive begins in a line of prose, inline code left out.
fn directive_in(line: &str) -> Option<usize> {
    let opened = |at: usize| {
        let inner = line[at..].strip_prefix("{{").map(str::trim_start);
        inner.is_some_and(|inner| inner.starts_with(['#', '/']))
    };
    let mut in_code = false;
    for (at, c) in line.char_indices() {
        match c {
            '`' => in_code = !in_code,
            '{' if !in_code && opened(at) => return Some(at),
            _ => {}
        }
    }
    None
}

fn read(inner: &str) -> Result<Directive, String> {
    let mut words = inner.split_whitespace().map(str::to_owned);
    let name = words.next().unwrap_or_default();
    let mut rest: Vec<String> = words.collect();
    let directive = match name.as_str() {
        "#broken" => Directive::Code(
            Version::Broken,
            first(&mut rest, "a pair")?,
            take(&mut rest),
        ),
        "#fixed" => Directive::Code(Version::Fixed, first(&mut rest, "a pair")?, take(&mut rest)),
        "#picture" => {
            let pair = first(&mut rest, "a pair")?;
            let version = match rest.first().map(String::as_str) {
                None => Version::Broken,
                Some("broken") => Version::Broken,
                Some("fixed") => Version::Fixed,
                Some(other) => return Err(format!("`{other}` is neither `broken` nor `fixed`")),
            };
            rest = rest.split_off(rest.len().min(1));
            Directive::Picture(version, pair)
        }
        "#play" => Directive::Play(first(&mut rest, "a pair")?),
        "#why" => Directive::Why(first(&mut rest, "a pair")?),
        "#diff" => Directive::Diff(first(&mut rest, "a pair")?),
        "#rule" => Directive::Rule(first(&mut rest, "a pair")?),
        "#caught" => Directive::Caught(first(&mut rest, "a pair")?, who(&mut rest)?),
        "#refused" => Directive::Refused(first(&mut rest, "a refused example")?),
        "#exercise" => Directive::Exercise(first(&mut rest, "an exercise")?),
        "#notes" => Directive::Notes,
        "/notes" => Directive::EndOfNotes,
        "#schedule" => {
            let format = first(&mut rest, "half-day, one-day or two-day")?;
            let format = Format::parse(&format)
                .ok_or_else(|| format!("`{format}` is not half-day, one-day or two-day"))?;
            Directive::Schedule(format)
        }
        "#pitfalls" => Directive::Pitfalls,
        "#coverage" => Directive::Coverage,
        "#guides-wrong" => Directive::GuidesWrong,
        "#include" => {
            return Err("an include stands in a block of code (```rust)".to_owned());
        }
        other => return Err(format!("there is no directive `{other}`")),
    };
    match rest.first() {
        Some(word) => Err(format!("`{word}` is one word too many")),
        None => Ok(directive),
    }
}

fn first(rest: &mut Vec<String>, what: &str) -> Result<String, String> {
    if rest.is_empty() {
        return Err(format!("{what} is missing"));
    }
    Ok(rest.remove(0))
}

fn take(rest: &mut Vec<String>) -> Vec<String> {
    // `impl Queue` is the name of one item and two words.
    let mut items: Vec<String> = Vec::new();
    for word in rest.drain(..) {
        match items.last_mut() {
            Some(last) if last == "impl" || last.ends_with(" for") => {
                last.push(' ');
                last.push_str(&word);
            }
            Some(last) if word == "for" && last.starts_with("impl ") => last.push_str(" for"),
            _ => items.push(word),
        }
    }
    items
}

fn who(rest: &mut Vec<String>) -> Result<Vec<Who>, String> {
    let names = || Who::ALL.map(Who::word).join(", ");
    let mut found = Vec::new();
    for word in rest.drain(..) {
        let who = Who::ALL.into_iter().find(|who| who.word() == word);
        let who = who.ok_or_else(|| format!("`{word}` is none of {}", names()))?;
        if found.contains(&who) {
            return Err(format!("`{word}` is named twice"));
        }
        found.push(who);
    }
    if found.is_empty() {
        return Err(format!("it names nobody; there are {}", names()));
    }
    Ok(found)
}

/// The file and the anchor of `{{#include FILE:NAME}}`; nothing where a line of code is no include.
#[must_use]
pub fn include(line: &str) -> Option<(&str, Option<&str>)> {
    let inner = line.trim().strip_prefix("{{#include")?;
    let inner = inner.strip_suffix("}}")?.trim();
    Some(match inner.split_once(':') {
        Some((file, name)) => (file.trim(), Some(name.trim())),
        None => (inner, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_means() {
        let cases = [
            (
                "{{#broken lost_wakeup impl Queue impl Drop for Queue run}}",
                Directive::Code(
                    Version::Broken,
                    "lost_wakeup".into(),
                    vec![
                        "impl Queue".into(),
                        "impl Drop for Queue".into(),
                        "run".into(),
                    ],
                ),
            ),
            (
                "{{#picture ch03/x fixed}}",
                Directive::Picture(Version::Fixed, "ch03/x".into()),
            ),
            (
                "{{#caught x clippy memory-model}} ",
                Directive::Caught("x".into(), vec![Who::Clippy, Who::MemoryModel]),
            ),
            ("{{/notes}}", Directive::EndOfNotes),
            ("{{ #why x }}", Directive::Why("x".into())),
            ("{{#schedule two-day}}", Directive::Schedule(Format::TwoDay)),
        ];
        for (line, directive) in cases {
            assert_eq!(Directive::parse(line), Some(Ok(directive)), "{line}");
        }
        for line in ["", "text", "`{{#why x}}` is one", "{{ x }}"] {
            assert_eq!(Directive::parse(line), None, "{line}");
        }
        let include = include("  {{#include a/b.rs:Queue::next}}");
        assert_eq!(include, Some(("a/b.rs", Some("Queue::next"))));
    }

    #[test]
    fn rubbish_is_refused() {
        let cases = [
            ("see {{#why x}}", "alone on its line"),
            ("{{#why x}} and", "alone on its line"),
            ("{{#why x", "alone on its line"),
            ("{{#wyh x}}", "no directive `#wyh`"),
            ("{{#why}}", "a pair is missing"),
            ("{{#why x y}}", "`y` is one word too many"),
            ("{{#picture x mended}}", "neither"),
            ("{{#caught x}}", "names nobody"),
            ("{{#caught x tasks tasks}}", "`tasks` is named twice"),
            ("{{#caught x miri}}", "none of rustc, clippy"),
            ("{{#schedule week}}", "`week` is not"),
            ("{{#include a.rs}}", "block of code"),
            ("{{/note}}", "no directive"),
            ("so {{ #why x}}", "alone on its line"),
        ];
        for (line, what) in cases {
            let said = Directive::parse(line)
                .and_then(Result::err)
                .unwrap_or_default();
            assert!(said.contains(what), "{line}: {said}");
        }
    }
}

//! What Go lets you write and rustc does not.

use anyhow::{Context, Result, bail};

use super::code::Figure;
use super::explanation::without_links;
use crate::html;
use crate::rust::{self, Extract};
use crate::workshop::{Chapter, Workshop};

/// What marks the line that rustc complains about.
const MARK: &str = "//~";

/// A refused example: why, the code with the line marked, and what rustc calls it.
pub fn refused(workshop: &Workshop, chapter: &Chapter, name: &str) -> Result<String> {
    let file = format!("crates/{}/refused/{name}.rs", chapter.name);
    let source = workshop.read(&file)?;
    let head = source
        .lines()
        .position(|line| line.starts_with("// refused:"));
    let head = head.with_context(|| format!("{file} has no `// refused:` line"))?;
    let error = source.lines().nth(head).unwrap_or_default();
    let error = error
        .trim_start_matches("// refused:")
        .trim()
        .trim_matches('"');
    let is_code = error.starts_with('E') && error[1..].chars().all(|c| c.is_ascii_digit());
    let program: Vec<&str> = source.lines().skip(head + 1).collect();
    let blank = program
        .iter()
        .take_while(|line| line.trim().is_empty())
        .count();
    let mut text = program[blank..].join("\n");
    let marked = text.lines().position(|line| line.contains(MARK));
    let Some(marked) = marked else {
        bail!("{file} marks no line with `{MARK}`");
    };
    let what = if is_code {
        format!("error[{error}]")
    } else {
        error.to_owned()
    };
    text = text.replace(MARK, &format!("// ✕ {what}"));
    let why = without_links(&rust::documentation(&source));
    let said = html::escape(&what);
    let said = if is_code {
        format!("rustc: <code>{said}</code>, which <code>rustc --explain {error}</code> explains.")
    } else {
        format!("rustc: <code>{said}</code>.")
    };
    let caption = format!("{said} <span class=\"path\">{}</span>", html::escape(&file));
    let extract = Extract {
        first: head + 2 + blank,
        text,
    };
    let open = format!(
        "<section class=\"refused\" id=\"refused-{}\">",
        name.replace('_', "-")
    );
    let figure = Figure {
        class: "refused",
        file: &file,
        extracts: &[extract],
        marked: Some(marked + 1),
        caption,
    };
    let figure = figure.html();
    Ok(html::around(&open, &format!("{why}\n\n{figure}")))
}

//! The way to an exercise.

use anyhow::{Result, bail};

use super::explanation::without_links;
use crate::html;
use crate::rust;
use crate::workshop::{Chapter, Workshop};

/// A box with the job and the command that grades it.
pub fn exercise(workshop: &Workshop, chapter: &Chapter, name: &str) -> Result<String> {
    let file = format!("exercises/{}/{name}/src/lib.rs", chapter.name);
    let documentation = rust::documentation(&workshop.read(&file)?);
    let job = job(&documentation);
    if job.is_empty() {
        bail!("{file} does not say what the job is");
    }
    let command = format!("cargo xtask check {}/{name}", chapter.number);
    let title = format!("Exercise: {}", name.replace('-', " "));
    let open =
        format!("<section class=\"exercise\" id=\"exercise-{name}\" aria-label=\"{title}\">");
    Ok(html::around(
        &open,
        &format!(
            "<p class=\"exercise-title\"><strong>{title}</strong></p>\n\n{job}\n\n\
             {}\n\nThe file is `{file}`.",
            html::fence("console", &format!("$ {command}"))
        ),
    ))
}

/// What the exercise is about, and the job.
fn job(documentation: &str) -> String {
    let paragraphs = documentation.split("\n\n").map(str::trim);
    let mut paragraphs = paragraphs.filter(|p| !p.is_empty() && !p.starts_with('#'));
    let about = paragraphs.next().unwrap_or_default();
    let job = paragraphs.find(|paragraph| paragraph.starts_with("The job"));
    let text = job.map_or_else(|| about.to_owned(), |job| format!("{about}\n\n{job}"));
    without_links(&text)
}

//! The picture of a schedule.

use anyhow::Result;

use super::Label;
use crate::evidence::{Evidence, Finding};
use crate::figures::Figure;
use crate::html;
use crate::workshop::{Pair, Version};

/// The picture of the schedule that the check of a program showed.
pub fn picture(
    evidence: &Evidence,
    pair: &Pair,
    version: Version,
    label: &Label,
) -> Result<Figure> {
    let finding = evidence.finding(pair, version)?;
    let contents = contents(&finding, pair, version, label);
    Ok(Figure {
        id: label.id.clone(),
        html: figure("picture", pair, version, label, &contents),
        on_paper: None,
    })
}

/// A figure that shows how a program ends.
pub fn figure(class: &str, pair: &Pair, version: Version, label: &Label, contents: &str) -> String {
    format!(
        "<figure class=\"{class} {}\" id=\"{}\" data-pair=\"{}\">\n{contents}\n</figure>",
        outcome(version),
        label.id,
        pair.short(),
    )
}

/// The class of a figure that shows how a program ends.
fn outcome(version: Version) -> &'static str {
    match version {
        Version::Broken => "failed",
        Version::Fixed => "passed",
    }
}

/// What stands in the figure: the picture, the same in words, and the verdict.
pub fn contents(finding: &Finding, pair: &Pair, version: Version, label: &Label) -> String {
    let svg = renamed(&finding.picture.svg, &label.id);
    let spoken = html::escape(&label.spoken);
    let words = &finding.picture.words;
    let verdict = html::escape(&finding.verdict());
    let file = html::escape(&pair.file(version));
    format!(
        "<div class=\"picture-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{spoken}\">\n{svg}\n</div>\n\
         <details class=\"in-words\">\n<summary>The same in words</summary>\n{words}\n</details>\n\
         <figcaption>{verdict} <span class=\"path\">{file}</span></figcaption>"
    )
}

/// The ids of a picture come from what it shows; one that is shown twice needs others.
fn renamed(svg: &str, id: &str) -> String {
    const OWN: &str = "timeline-";
    let own = svg.find("\"timeline-").map(|at| &svg[at + 1..]);
    let number = own.and_then(|text| text[OWN.len()..].split(['-', ' ', '"']).next());
    match number {
        Some(number) => svg.replace(&format!("{OWN}{number}"), &format!("{id}-svg")),
        None => svg.to_owned(),
    }
}

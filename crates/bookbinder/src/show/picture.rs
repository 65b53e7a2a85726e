//! The picture of a schedule.

use anyhow::Result;

use super::words::words;
use crate::evidence::{Evidence, Finding};
use crate::html;
use crate::workshop::{Pair, Version};

/// The picture of the schedule that the check of a program showed.
pub fn picture(evidence: &Evidence, pair: &Pair, version: Version, id: &str) -> Result<String> {
    let finding = evidence.finding(pair, version)?;
    Ok(html::block(&format!(
        "<figure class=\"picture\" id=\"{id}\" data-pair=\"{}\">\n{}\n</figure>",
        pair.short(),
        contents(&finding, pair, version, id)
    )))
}

/// What stands in the figure.
pub fn contents(finding: &Finding, pair: &Pair, version: Version, id: &str) -> String {
    let svg = renamed(&finding.timeline.svg(), id);
    let label = html::escape(&format!(
        "Picture of a schedule of {}, {}",
        pair.id(),
        version.name()
    ));
    let verdict = html::escape(&finding.verdict());
    let file = html::escape(&pair.file(version));
    let words = words(&finding.timeline);
    format!(
        "<div class=\"picture-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n{svg}\n</div>\n\
         <details class=\"in-words\">\n<summary>The same in words</summary>\n{words}\n</details>\n\
         <figcaption>{verdict} <span class=\"path\">{file}</span></figcaption>"
    )
}

/// The ids of a picture come from what it shows; one that is shown twice needs others.
fn renamed(svg: &str, id: &str) -> String {
    let own = svg.find("\"timeline-").map(|at| &svg[at + 1..]);
    let own = own.and_then(|text| text.split(['-', ' ', '"']).nth(1));
    match own {
        Some(own) => svg.replace(&format!("timeline-{own}"), &format!("{id}-svg")),
        None => svg.to_owned(),
    }
}

//! A page with its directives replaced.

use std::collections::HashMap;

use anyhow::Result;

use crate::directive::{self, Directive};
use crate::figures::Figures;
use crate::generated;
use crate::page::{Kind, Page};
use crate::problem::Problems;
use crate::show::{self, Label};
use crate::site::Site;
use crate::workshop::{Pair, Version};

/// The Markdown that mdBook gets to see.
pub fn page(site: &Site, page: &Page, figures: &mut Figures, problems: &mut Problems) -> String {
    let mut render = Render {
        site,
        page,
        problems,
        figures,
        ids: HashMap::new(),
        notes: None,
    };
    let mut out = String::new();
    for (index, (line, kind)) in page.lines.iter().zip(&page.kinds).enumerate() {
        if *kind != Kind::Front {
            out.push_str(&render.line(index + 1, line, kind));
            out.push('\n');
        }
    }
    if let Some(line) = render.notes {
        render.problem(line, "these notes are not closed with {{/notes}}");
    }
    out
}

struct Render<'r> {
    site: &'r Site<'r>,
    page: &'r Page,
    problems: &'r mut Problems,
    figures: &'r mut Figures,
    /// How often an id has been given.
    ids: HashMap<String, usize>,
    /// The line that opened the notes that are open.
    notes: Option<usize>,
}

impl Render<'_> {
    fn problem(&mut self, line: usize, what: impl Into<String>) {
        self.problems.add(self.page.file(), line, what);
    }

    fn line(&mut self, number: usize, line: &str, kind: &Kind) -> String {
        match kind {
            Kind::Code(language) => match directive::include(line) {
                Some((file, name)) => {
                    let code = show::include(self.site.workshop, language, file, name);
                    let code = self.shown(number, code);
                    // An empty block would be a second problem.
                    match code.trim_end_matches('\n') {
                        "" => "…".to_owned(),
                        code => code.to_owned(),
                    }
                }
                None => {
                    if line.trim_start().starts_with("{{#include") {
                        self.problem(number, format!("`{}` is not closed", line.trim()));
                    }
                    line.to_owned()
                }
            },
            Kind::Prose => match Directive::parse(line) {
                None => {
                    let rows = self.site.rows;
                    let line = rows.link(self.page, number, line, self.problems);
                    let line = to_index(&line);
                    match self.minutes(number) {
                        Some(minutes) => format!("{line}\n\n{minutes}\n"),
                        None => line,
                    }
                }
                Some(Ok(directive)) => {
                    format!("\n{}\n", self.directive(number, &directive))
                }
                Some(Err(what)) => {
                    self.problem(number, what);
                    String::new()
                }
            },
            Kind::Front | Kind::Comment | Kind::Open(_) | Kind::Close => line.to_owned(),
        }
    }

    /// How long the section takes that begins at this line.
    fn minutes(&self, line: usize) -> Option<String> {
        let heading = self
            .page
            .headings
            .iter()
            .find(|h| h.line == line && h.level == 2)?;
        let shares = &self.page.front.as_ref()?.sections;
        let minutes = shares
            .iter()
            .find(|share| share.name == heading.id)?
            .minutes;
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        Some(format!(
            "<p class=\"minutes\" data-minutes=\"{minutes}\">{minutes} {unit}</p>"
        ))
    }

    fn shown(&mut self, line: usize, shown: Result<String>) -> String {
        shown.unwrap_or_else(|error| {
            self.problem(line, format!("{error:#}"));
            String::new()
        })
    }

    fn directive(&mut self, line: usize, directive: &Directive) -> String {
        let (site, page) = (self.site, self.page);
        match directive {
            Directive::Notes => {
                if let Some(open) = self.notes.replace(line) {
                    self.problem(line, format!("the notes of line {open} are still open"));
                    return String::new();
                }
                "<aside class=\"notes\" aria-label=\"Speaker notes\">".to_owned()
            }
            Directive::EndOfNotes => {
                if self.notes.take().is_none() {
                    self.problem(line, "no notes are open here");
                    return String::new();
                }
                "</aside>".to_owned()
            }
            Directive::Schedule(format) => generated::schedule(site, page, *format, self.problems),
            Directive::Pitfalls => generated::pitfalls(site, page, self.problems),
            Directive::Coverage => generated::coverage(site, page, self.problems),
            Directive::GuidesWrong => generated::guides_wrong(site, page, self.problems),
            shows => {
                let shown = self.show(shows);
                self.shown(line, shown)
            }
        }
    }

    fn show(&mut self, directive: &Directive) -> Result<String> {
        let (site, page) = (self.site, self.page);
        let (workshop, evidence) = (site.workshop, site.evidence);
        match directive {
            Directive::Code(version, pair, items) => {
                show::program(workshop, &site.pair(page, pair)?, *version, items)
            }
            Directive::Picture(version, pair) => {
                let pair = site.pair(page, pair)?;
                let label = self.label("picture", &pair, *version);
                let figure = show::picture(evidence, &pair, *version, &label)?;
                Ok(self.figures.add(figure))
            }
            Directive::Play(pair) => {
                let pair = site.pair(page, pair)?;
                let label = self.label("play", &pair, Version::Broken);
                let figure = show::play(workshop, evidence, &pair, &label)?;
                Ok(self.figures.add(figure))
            }
            Directive::Why(pair) => show::why(workshop, &site.pair(page, pair)?),
            Directive::Diff(pair) => show::diff(workshop, evidence, &site.pair(page, pair)?),
            Directive::Rule(pair) => show::rule(workshop, &site.pair(page, pair)?),
            Directive::Caught(pair, who) => {
                show::caught(workshop, evidence, &site.pair(page, pair)?, who)
            }
            Directive::Refused(name) => {
                let (chapter, name) = site.refused(page, name)?;
                show::refused(workshop, chapter, name)
            }
            Directive::Exercise(name) => {
                let (chapter, name) = site.exercise(page, name)?;
                show::exercise(workshop, chapter, name)
            }
            Directive::Notes
            | Directive::EndOfNotes
            | Directive::Schedule(_)
            | Directive::Pitfalls
            | Directive::Coverage
            | Directive::GuidesWrong => Ok(String::new()),
        }
    }

    /// What a figure is called; one that the page has already gets a number.
    fn label(&mut self, kind: &str, pair: &Pair, version: Version) -> Label {
        let id = format!("{kind}-{}-{}", pair.id(), version.name());
        let spoken = format!("{kind}: {}, {}", pair.name, version.name());
        let times = self.ids.entry(id.clone()).or_default();
        *times += 1;
        match *times {
            1 => Label { id, spoken },
            times => Label {
                id: format!("{id}-{times}"),
                spoken: format!("{spoken}, {times}"),
            },
        }
    }
}

/// mdBook makes `index.html` of `README.md`, and leaves the links to it as they are.
fn to_index(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(open) = rest.find("](") {
        let (before, link) = rest.split_at(open + 2);
        let end = link.find(')').unwrap_or(link.len());
        out.push_str(before);
        let target = &link[..end];
        if target.contains(':') {
            out.push_str(target);
        } else {
            out.push_str(&target.replace("README.md", "index.md"));
        }
        rest = &link[end..];
    }
    out.push_str(rest);
    out
}

//! Whether a chapter shows all that its crate has, and says how long it takes.

use std::collections::BTreeSet;

use crate::directive::Directive;
use crate::front::{Front, Share};
use crate::page::Page;
use crate::problem::Problems;
use crate::show;
use crate::site::Site;
use crate::workshop::{Chapter, Version};

/// Where refused examples may be shown instead of in their chapter.
const REFUSED: &str = "reference/refused.md";

/// Checks every chapter, and every page that should be one.
pub fn check(site: &Site, problems: &mut Problems) {
    let elsewhere = site.pages.iter().find(|page| page.path == REFUSED);
    let elsewhere = elsewhere
        .map(|page| Shown::on(site, page))
        .unwrap_or_default();
    for chapter in &site.workshop.chapters {
        let path = format!("{}.md", chapter.name);
        let Some(page) = site.pages.iter().find(|page| page.path == path) else {
            let what = format!("{} has no page: list {path} here", chapter.name);
            problems.add("book/src/SUMMARY.md", 0, what);
            continue;
        };
        match &page.front {
            Some(front) => {
                is_complete(site, chapter, page, &elsewhere, problems);
                shares(page, front, chapter, problems);
            }
            None if page.kinds.is_empty() || page.lines[0] != "+++" => {
                let what = "a chapter begins with front matter between `+++` lines";
                problems.add(page.file(), 1, what);
            }
            None => {}
        }
    }
    for page in site.pages {
        let Some(front) = &page.front else { continue };
        if format!("{}.md", front.crate_name) != page.path {
            let what = format!(
                "the page of `{}` is {0}.md, and not this one",
                front.crate_name
            );
            problems.add(page.file(), 2, what);
        } else if site.chapter_of(page).is_none() {
            problems.add(
                page.file(),
                2,
                format!("there is no chapter `{}`", front.crate_name),
            );
        }
    }
}

/// What a page shows: `broken ch11/lost_wakeup`, `exercise ch11/job-queue`.
#[derive(Default)]
struct Shown(BTreeSet<String>);

impl Shown {
    fn on(site: &Site, page: &Page) -> Shown {
        let mut shown = BTreeSet::new();
        for (_, line) in page.prose() {
            let Some(Ok(directive)) = Directive::parse(line) else {
                continue;
            };
            let pair = |kind: &str, name: &str| {
                let pair = site.pair(page, name).ok()?;
                Some(format!("{kind} {}", pair.short()))
            };
            shown.extend(match &directive {
                Directive::Code(Version::Broken, name, _) => pair("broken", name),
                Directive::Picture(Version::Broken, name) | Directive::Play(name) => {
                    pair("picture", name)
                }
                Directive::Why(name) => pair("why", name),
                Directive::Diff(name) => pair("diff", name),
                Directive::Rule(name) => pair("rule", name),
                Directive::Caught(name, _) => pair("caught", name),
                Directive::Exercise(name) => {
                    let found = site.exercise(page, name).ok();
                    found.map(|(chapter, name)| format!("exercise {}/{name}", chapter.number))
                }
                Directive::Refused(name) => {
                    let found = site.refused(page, name).ok();
                    found.map(|(chapter, name)| format!("refused {}/{name}", chapter.number))
                }
                _ => None,
            });
        }
        Shown(shown)
    }

    fn has(&self, what: &str) -> bool {
        self.0.contains(what)
    }
}

fn is_complete(
    site: &Site,
    chapter: &Chapter,
    page: &Page,
    elsewhere: &Shown,
    problems: &mut Problems,
) {
    let shown = Shown::on(site, page);
    let mut missing = |what: String| problems.add(page.file(), 0, what);
    for pair in chapter.all_pairs() {
        let mut parts = vec!["broken", "picture", "why", "diff", "caught"];
        if show::has_rule(site.workshop, &pair) {
            parts.push("rule");
        }
        parts.retain(|part| !shown.has(&format!("{part} {}", pair.short())));
        if !parts.is_empty() {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("{{{{#{part}}}}}"))
                .collect();
            missing(format!(
                "the pair `{}` lacks {}",
                pair.name,
                parts.join(", ")
            ));
        }
    }
    for exercise in &chapter.exercises {
        if !shown.has(&format!("exercise {}/{exercise}", chapter.number)) {
            missing(format!("there is no {{{{#exercise {exercise}}}}}"));
        }
    }
    for refused in &chapter.refused {
        let what = format!("refused {}/{refused}", chapter.number);
        if !shown.has(&what) && !elsewhere.has(&what) {
            missing(format!(
                "there is no {{{{#refused {refused}}}}}, neither here nor on {REFUSED}"
            ));
        }
    }
}

/// The front matter names every section in order, and every exercise.
fn shares(page: &Page, front: &Front, chapter: &Chapter, problems: &mut Problems) {
    let sections: Vec<_> = page.headings.iter().filter(|h| h.level == 2).collect();
    for heading in &sections {
        if !heading.named {
            let what = format!(
                "give this section an id: `## {} {{#{}}}`",
                heading.text, heading.id
            );
            problems.add(page.file(), heading.line, what);
        } else if !front.sections.iter().any(|share| share.name == heading.id) {
            let what = format!(
                "the front matter has no minutes for the section `{}`",
                heading.id
            );
            problems.add(page.file(), heading.line, what);
        }
    }
    let known = |share: &&Share| sections.iter().any(|heading| heading.id == share.name);
    for share in front.sections.iter().filter(|share| !known(share)) {
        let what = format!(
            "there is no section `## … {{#{}}}` on this page",
            share.name
        );
        problems.add(page.file(), share.line, what);
    }
    let listed: Vec<_> = front.sections.iter().filter(known).collect();
    let in_order = sections
        .iter()
        .filter(|h| listed.iter().any(|s| s.name == h.id));
    if let Some((share, heading)) = listed.iter().zip(in_order).find(|(s, h)| s.name != h.id) {
        let what = format!("on the page, the section `{}` comes first", heading.id);
        problems.add(page.file(), share.line, what);
    }
    for exercise in &chapter.exercises {
        if !front.exercises.iter().any(|share| share.name == *exercise) {
            let what = format!("the front matter has no minutes for the exercise `{exercise}`");
            problems.add(page.file(), 1, what);
        }
    }
    for share in &front.exercises {
        if !chapter.exercises.contains(&share.name) {
            let what = format!("{} has no exercise `{}`", chapter.name, share.name);
            problems.add(page.file(), share.line, what);
        }
    }
    for share in front.sections.iter().chain(&front.exercises) {
        if share.minutes == 0 {
            problems.add(page.file(), share.line, "0 minutes are no time");
        }
    }
}

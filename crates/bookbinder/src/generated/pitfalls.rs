//! The index of pitfalls: every pair by what one sees of it.

use timeline::World;

use crate::page::Page;
use crate::problem::Problems;
use crate::site::Site;
use crate::workshop::{Pair, Version};

use super::place::{Place, Places};
use super::symptom::{self, Source, Symptom};
use super::words::{below, count, plain};

/// One pair in the index.
#[derive(Debug)]
struct Entry {
    symptom: Symptom,
    /// What goes wrong: the first paragraph of its explanation, as Markdown.
    sentence: String,
    /// What the check said.
    said: String,
    world: World,
    chapter: String,
    place: Place,
}

/// The index, as Markdown.
pub fn pitfalls(site: &Site<'_>, page: &Page, problems: &mut Problems) -> String {
    let places = Places::of(site);
    let mut entries = Vec::new();
    for pair in site
        .workshop
        .chapters
        .iter()
        .flat_map(|chapter| chapter.all_pairs())
    {
        match entry(site, &places, &pair) {
            Ok(entry) => entries.push(entry),
            Err(what) => problems.add(pair.explanation(), 0, what),
        }
    }
    render(page, &entries)
}

fn entry(site: &Site<'_>, places: &Places<'_>, pair: &Pair<'_>) -> Result<Entry, String> {
    let says = |error: anyhow::Error| format!("{error:#}");
    let chapter = &pair.chapter.name;
    let explanation = site.workshop.read(&pair.explanation()).map_err(says)?;
    let report = site
        .evidence
        .report(chapter, &pair.check(Version::Broken))
        .map_err(says)?;
    let (symptom, said) = symptom::of(&report, |source, line| {
        let file = match source {
            Source::Program => pair.file(Version::Broken),
            Source::Check => format!("crates/{chapter}/checks/{}.rs", pair.name),
        };
        let text = site.workshop.read(&file);
        text.is_ok_and(|text| {
            let line = text.lines().nth(line.saturating_sub(1));
            line.is_some_and(|line| symptom::may_panic(source, line))
        })
    });
    let page = places.page_of(pair.chapter);
    Ok(Entry {
        symptom,
        sentence: first_paragraph(&explanation)?,
        said,
        world: report.world,
        chapter: page.map_or(chapter.as_str(), |page| &page.title).to_owned(),
        place: places.of_pair(pair.chapter, pair.name),
    })
}

/// What an explanation opens with, with intra-doc links as plain code.
fn first_paragraph(source: &str) -> Result<String, String> {
    let doc = source.lines().map_while(|line| line.strip_prefix("//!"));
    let words: Vec<&str> = doc
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    match words.is_empty() {
        true => Err("it does not open with a sentence that says what goes wrong".to_owned()),
        false => Ok(words.join(" ").replace("[`", "`").replace("`]", "`")),
    }
}

fn render(page: &Page, entries: &[Entry]) -> String {
    let mut out = format!(
        "{}, by what one sees of them:\n\n",
        count(entries.len(), "pitfall", "pitfalls")
    );
    let marks = below(page, "pitfalls");
    let of = |symptom| entries.iter().filter(move |entry| entry.symptom == symptom);
    let symptoms = || {
        Symptom::ALL
            .into_iter()
            .filter(|symptom| of(*symptom).next().is_some())
    };
    for symptom in symptoms() {
        let number = count(of(symptom).count(), "pitfall", "pitfalls");
        out.push_str(&format!(
            "- [{}](#{}): {number}\n",
            symptom.title(),
            symptom.id()
        ));
    }
    for symptom in symptoms() {
        out.push_str(&format!(
            "\n{marks} {} {{#{}}}\n\n",
            symptom.title(),
            symptom.id()
        ));
        out.push_str(&format!("{}\n\n", symptom.advice()));
        out.push_str(
            "| what it comes from | how it shows | chapter | found among |\n|---|---|---|---|\n",
        );
        for entry in of(symptom) {
            let sentence = entry.sentence.replace('|', "\\|");
            let cause = match &entry.place.target {
                Some(target) => format!("[{sentence}]({})", page.link_to(target)),
                None => sentence,
            };
            out.push_str(&format!(
                "| {cause} | {} | {} | {} |\n",
                plain(&entry.said),
                plain(&entry.chapter),
                world(entry.world)
            ));
        }
    }
    out
}

fn world(world: World) -> &'static str {
    match world {
        World::Tasks => "tasks",
        World::Threads => "threads",
        World::Real => "real runs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(symptom: Symptom, sentence: &str, target: Option<&str>) -> Entry {
        Entry {
            symptom,
            sentence: sentence.to_owned(),
            said: "main waits for lock_a | b".to_owned(),
            world: World::Threads,
            chapter: "Deadlocks".to_owned(),
            place: Place {
                label: "ch11 x".to_owned(),
                target: target.map(str::to_owned),
            },
        }
    }

    #[test]
    fn pairs_stand_under_what_one_sees_of_them() {
        let page = Page::parse("reference/pitfalls.md", "P", "", &mut Problems::default());
        let entries = [
            entry(Symptom::Wrong, "A `JoinSet` is dropped.", None),
            entry(
                Symptom::HangsAtLock,
                "A guard lives long.",
                Some("ch11-deadlocks.md#match-guard"),
            ),
        ];
        let shown = render(&page, &entries);
        for part in [
            "2 pitfalls, by what one sees",
            "- [It hangs, at a lock or a permit](#it-hangs-at-a-lock): one pitfall\n- [It ends",
            "## It hangs, at a lock or a permit {#it-hangs-at-a-lock}",
            "| [A guard lives long.](../ch11-deadlocks.md#match-guard) | main waits for lock\\_a \\| b | Deadlocks | threads |",
            "| A `JoinSet` is dropped. |",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(!shown.contains("#it-panics"), "{shown}");
    }

    #[test]
    fn an_explanation_opens_with_what_goes_wrong() {
        let source = "//! A guard of [`Mutex`]\n//! lives.\n//!\n//! **What goes wrong.** x\n";
        assert_eq!(
            first_paragraph(source).as_deref(),
            Ok("A guard of `Mutex` lives.")
        );
        assert!(first_paragraph("pub mod broken;\n").is_err());
    }
}

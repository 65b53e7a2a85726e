//! What takes time in a workshop: the sections and exercises of all chapters.

use crate::front::Share;
use crate::generated::place::directive_on;
use crate::page::Page;

/// More than any workshop has room for. What takes longer counts as this, so that the minutes of
/// all pages can be added up.
const ABSURD: u32 = 100_000;

/// A section or an exercise that takes time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The index of its page.
    pub chapter: usize,
    /// Its name, as Markdown.
    pub title: String,
    /// Where it is, from `book/src`.
    pub target: String,
    /// How long it takes.
    pub minutes: u32,
    /// Whether it is an exercise.
    pub is_exercise: bool,
    /// Where its minutes are written.
    pub file: String,
    /// The line of that file.
    pub line: usize,
}

/// The items of all chapters that `fits` lets in, in the order of the pages.
pub fn items(pages: &[Page], fits: impl Fn(&Share) -> bool) -> Vec<Item> {
    let mut items = Vec::new();
    for (chapter, page) in pages.iter().enumerate() {
        let Some(front) = &page.front else { continue };
        let mut placed: Vec<(usize, Item)> = Vec::new();
        for section in front.sections.iter().filter(|share| fits(share)) {
            let heading = page
                .headings
                .iter()
                .find(|heading| heading.id == section.name);
            let title = heading.map_or(section.name.as_str(), |heading| &heading.text);
            let target = format!("{}#{}", page.path, section.name);
            let line = heading.map_or(usize::MAX, |heading| heading.line);
            placed.push((
                line,
                item(chapter, page, section, title.to_owned(), target, false),
            ));
        }
        for exercise in front.exercises.iter().filter(|share| fits(share)) {
            let said = page
                .prose()
                .find(|(_, line)| directive_on(line, "exercise") == Some(exercise.name.as_str()));
            let line = said.map_or(usize::MAX, |(number, _)| number);
            let target = format!("{}#exercise-{}", page.path, exercise.name);
            let title = format!("exercise `{}`", exercise.name);
            placed.push((line, item(chapter, page, exercise, title, target, true)));
        }
        // An exercise is done where the page sets it.
        placed.sort_by_key(|(line, _)| *line);
        items.extend(placed.into_iter().map(|(_, item)| item));
    }
    items
}

fn item(
    chapter: usize,
    page: &Page,
    share: &Share,
    title: String,
    target: String,
    is_exercise: bool,
) -> Item {
    Item {
        chapter,
        title,
        target,
        minutes: share.minutes.min(ABSURD),
        is_exercise,
        file: page.file(),
        line: share.line,
    }
}

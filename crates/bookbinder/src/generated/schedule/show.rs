//! A schedule as a table.

use crate::generated::words::{below, duration, plain};
use crate::page::Page;

use super::items::Item;
use super::plan::{self, Slot, What};

/// Tables for all days, their sums, and what is left out.
pub fn render(
    pages: &[Page],
    page: &Page,
    items: &[Item],
    days: &[Vec<Slot>],
    left_out: &[Item],
) -> String {
    let mut out = String::new();
    let marks = below(page, "schedule");
    for (number, day) in days.iter().enumerate() {
        if days.len() > 1 {
            let number = number + 1;
            out.push_str(&format!("{marks} Day {number} {{#day-{number}}}\n\n"));
        }
        out.push_str(&table(pages, page, items, day));
        out.push_str(&format!("\n{}\n\n", totals(items, day)));
    }
    if days.len() > 1 {
        let all = days.concat();
        out.push_str(&format!("Both days together: {}\n\n", content(items, &all)));
    }
    out.push_str(&left(pages, page, left_out));
    out
}

fn table(pages: &[Page], page: &Page, items: &[Item], day: &[Slot]) -> String {
    let mut out = "| time | chapter | what | minutes |\n|---|---|---|--:|\n".to_owned();
    let mut chapter = None;
    for slot in day {
        let time = format!(
            "{}–{}",
            plan::clock(slot.from),
            plan::clock(slot.from + slot.minutes)
        );
        let (name, what) = match slot.what {
            What::Break => (String::new(), "*break*".to_owned()),
            What::Lunch => (String::new(), "*lunch*".to_owned()),
            What::Item(at) => {
                let item = &items[at];
                let new = chapter.replace(item.chapter) != Some(item.chapter);
                let name = new.then(|| chapter_link(pages, page, item.chapter));
                (name.unwrap_or_default(), link(page, item))
            }
        };
        out.push_str(&format!(
            "| {time} | {name} | {what} | {} |\n",
            slot.minutes
        ));
    }
    out
}

fn chapter_link(pages: &[Page], page: &Page, chapter: usize) -> String {
    let chapter = &pages[chapter];
    format!(
        "[{}]({})",
        plain(&chapter.title),
        page.link_to(&chapter.path)
    )
}

fn link(page: &Page, item: &Item) -> String {
    let title = item.title.replace('|', "\\|");
    format!("[{title}]({})", page.link_to(&item.target))
}

/// What a day holds, and when it ends.
fn totals(items: &[Item], day: &[Slot]) -> String {
    let end = day.last().map_or(0, |slot| slot.from + slot.minutes);
    format!("{} It ends at {}.", content(items, day), plan::clock(end))
}

fn content(items: &[Item], slots: &[Slot]) -> String {
    let sum = |wanted: &dyn Fn(What) -> bool| -> u32 {
        let slots = slots.iter().filter(|slot| wanted(slot.what));
        slots.map(|slot| slot.minutes).sum()
    };
    let exercise = |what| matches!(what, What::Item(at) if items[at].is_exercise);
    let section = |what| matches!(what, What::Item(at) if !items[at].is_exercise);
    let pause = |what| matches!(what, What::Break | What::Lunch);
    let (sections, exercises) = (sum(&section), sum(&exercise));
    format!(
        "{} of content: {} of sections and {} of exercises; {} of breaks.",
        duration(sections + exercises),
        duration(sections),
        duration(exercises),
        duration(sum(&pause))
    )
}

/// What only a longer workshop has time for, chapter by chapter.
fn left(pages: &[Page], page: &Page, items: &[Item]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut out = "Left for a longer workshop, or for reading at home:\n\n".to_owned();
    for chapter in 0..pages.len() {
        let of_chapter = items.iter().filter(|item| item.chapter == chapter);
        let links: Vec<String> = of_chapter.map(|item| link(page, item)).collect();
        if !links.is_empty() {
            let chapter = chapter_link(pages, page, chapter);
            out.push_str(&format!("- {chapter}: {}\n", links.join(", ")));
        }
    }
    out
}

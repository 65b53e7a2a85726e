//! The schedule of a workshop: what is taught when, with breaks, from the minutes in the chapters'
//! front matter.

mod items;
mod plan;
mod show;

use crate::front::Format;
use crate::page::Page;
use crate::problem::Problems;
use crate::site::Site;

use super::words::{duration, line_of};
use items::{Item, items};
use plan::Slot;
use show::render;

/// The content that a half-day has room for, in minutes.
const HALF_DAY: u32 = 210;
/// The content that a day has room for, in minutes.
const ONE_DAY: u32 = 390;
/// The content of the longer of two days, so that a chapter need not be torn apart for minutes.
const LONGER_DAY: u32 = 420;

/// The schedule of a workshop of this length, as Markdown.
pub fn schedule(site: &Site<'_>, page: &Page, format: Format, problems: &mut Problems) -> String {
    let items = items(site.pages, |share| {
        share.from.is_some_and(|from| from <= format)
    });
    if items.is_empty() {
        let what = format!(
            "no section is in the {format} workshop: say `from = \"{format}\"` in a chapter"
        );
        problems.add(page.file(), line_of(page, "schedule"), what);
        return String::new();
    }
    for item in items.iter().filter(|item| item.minutes > plan::LONGEST) {
        let what = format!(
            "{} minutes without a break are too many; divide it, {} is the most",
            item.minutes,
            plan::LONGEST
        );
        problems.add(item.file.clone(), item.line, what);
    }
    match days(&items, format) {
        Ok(days) => {
            let left_out = items::items(site.pages, |share| {
                share.from.is_some_and(|from| from > format)
            });
            render(site.pages, page, &items, &days, &left_out)
        }
        Err(what) => {
            problems.add(page.file(), line_of(page, "schedule"), what);
            String::new()
        }
    }
}

/// The days of a workshop, or by how much its content does not fit.
fn days(items: &[Item], format: Format) -> Result<Vec<Vec<Slot>>, String> {
    let minutes: Vec<u32> = items.iter().map(|item| item.minutes).collect();
    let total: u32 = minutes.iter().sum();
    let limit = match format {
        Format::HalfDay => HALF_DAY,
        Format::OneDay => ONE_DAY,
        Format::TwoDay => 2 * ONE_DAY,
    };
    if total > limit {
        return Err(format!(
            "the {format} workshop has {} of content, {} more than the {} that fit; {}; shorten \
             something, or give it to a longer workshop with `from`",
            duration(total),
            duration(total - limit),
            duration(limit),
            longest(items)
        ));
    }
    let chapters: Vec<usize> = items.iter().map(|item| item.chapter).collect();
    if format != Format::TwoDay {
        let lunch = format != Format::HalfDay;
        return Ok(vec![plan::day(&minutes, &chapters, 0, lunch)]);
    }
    let Some(split) = plan::split(&minutes, &chapters, LONGER_DAY) else {
        return Err(format!(
            "the {format} workshop cannot be divided into two days of at most {}; {}",
            duration(LONGER_DAY),
            longest(items)
        ));
    };
    let (one, two) = minutes.split_at(split);
    let (chapters_one, chapters_two) = chapters.split_at(split);
    Ok(vec![
        plan::day(one, chapters_one, 0, true),
        plan::day(two, chapters_two, split, true),
    ])
}

/// The three longest items, for whoever has to save time.
fn longest(items: &[Item]) -> String {
    let mut items: Vec<&Item> = items.iter().collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.minutes));
    let longest = items.iter().take(3).map(|item| {
        format!(
            "{} ({} min, {}:{})",
            item.target, item.minutes, item.file, item.line
        )
    });
    format!("the longest are {}", longest.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, front: &str, body: &str) -> Page {
        let text = format!("+++\ncrate = \"{path}\"\ngoal = \"g\"\n{front}\n+++\n# T\n{body}");
        let mut problems = Problems::default();
        let page = Page::parse(&format!("{path}.md"), path, &text, &mut problems);
        assert_eq!(problems.sorted(), [], "{text}");
        page
    }

    fn two_chapters() -> Vec<Page> {
        let one = page(
            "ch01-tasks",
            "[sections]\nidea = { minutes = 20, from = \"half-day\" }\n\
             deep = { minutes = 40, from = \"one-day\" }\nalone = { minutes = 5 }\n\
             [exercises]\nheartbeat = { minutes = 30, from = \"half-day\" }",
            "## The `idea` {#idea}\n## Exercises\n{{#exercise heartbeat}}\n## Deep | down {#deep}\n## Alone\n",
        );
        let two = page(
            "ch02-joining",
            "[sections]\nidea = { minutes = 60, from = \"half-day\" }",
            "## Idea\n",
        );
        vec![one, two]
    }

    fn shown(pages: &[Page], format: Format) -> Result<String, String> {
        let items = items(pages, |share| share.from.is_some_and(|from| from <= format));
        let left = items::items(pages, |share| share.from.is_some_and(|from| from > format));
        let here = Page::parse("teaching/x.md", "x", "", &mut Problems::default());
        let days = days(&items, format)?;
        Ok(render(pages, &here, &items, &days, &left))
    }

    #[test]
    fn a_schedule_has_times_links_breaks_and_totals() {
        let table = shown(&two_chapters(), Format::HalfDay).expect("it fits");
        let expected = "\
| time | chapter | what | minutes |
|---|---|---|--:|
| 9:00–9:20 | [ch01-tasks](../ch01-tasks.md) | [The `idea`](../ch01-tasks.md#idea) | 20 |
| 9:20–9:50 |  | [exercise `heartbeat`](../ch01-tasks.md#exercise-heartbeat) | 30 |
| 9:50–10:05 |  | *break* | 15 |
| 10:05–11:05 | [ch02-joining](../ch02-joining.md) | [Idea](../ch02-joining.md#idea) | 60 |

1 h 50 min of content: 1 h 20 min of sections and 30 min of exercises; 15 min of breaks. It ends at 11:05.

Left for a longer workshop, or for reading at home:

- [ch01-tasks](../ch01-tasks.md): [Deep \\| down](../ch01-tasks.md#deep)
";
        assert_eq!(table, expected);
    }

    #[test]
    fn exercises_come_where_the_page_sets_them() {
        let items = items(&two_chapters(), |share| share.from.is_some());
        let targets: Vec<&str> = items.iter().map(|item| item.target.as_str()).collect();
        assert_eq!(
            targets,
            [
                "ch01-tasks.md#idea",
                "ch01-tasks.md#exercise-heartbeat",
                "ch01-tasks.md#deep",
                "ch02-joining.md#idea"
            ]
        );
    }

    #[test]
    fn two_days_are_shown_apart_and_summed() {
        let shown = shown(&two_chapters(), Format::TwoDay).expect("it fits");
        for part in [
            "## Day 1 {#day-1}",
            "## Day 2 {#day-2}",
            "Both days together: 2 h 30 min of content",
        ] {
            assert!(shown.contains(part), "{shown}");
        }
    }

    fn hours(sections: &[u32], from: &str) -> Vec<Page> {
        let sections = sections.iter().enumerate();
        let sections =
            sections.map(|(n, m)| format!("s{n} = {{ minutes = {m}, from = \"{from}\" }}"));
        let front = format!("[sections]\n{}", sections.collect::<Vec<_>>().join("\n"));
        vec![page("ch01-tasks", &front, "")]
    }

    #[test]
    fn content_that_does_not_fit_is_refused_with_the_longest() {
        for (sections, from, format, over) in [
            (
                vec![60, 80, 75],
                "half-day",
                Format::HalfDay,
                "3 h 35 min of content, 5 min more than the 3 h 30 min",
            ),
            (
                vec![80; 5],
                "one-day",
                Format::OneDay,
                "6 h 40 min of content, 10 min more than the 6 h 30 min",
            ),
            (
                vec![80; 10],
                "two-day",
                Format::TwoDay,
                "13 h 20 min of content, 20 min more than the 13 h",
            ),
            (
                vec![300, 180, 300],
                "two-day",
                Format::TwoDay,
                "cannot be divided into two days of at most 7 h",
            ),
            (
                vec![u32::MAX, u32::MAX],
                "half-day",
                Format::HalfDay,
                "3333 h 20 min of content",
            ),
        ] {
            let refusal = shown(&hours(&sections, from), format).expect_err("too much");
            assert!(refusal.contains(over), "{refusal}");
            assert!(
                refusal.contains("the longest are ch01-tasks.md#s"),
                "{refusal}"
            );
        }
        let refusal =
            shown(&hours(&[60, 80, 75], "half-day"), Format::HalfDay).expect_err("too much");
        assert!(
            refusal.contains("#s1 (80 min, book/src/ch01-tasks.md:6)"),
            "{refusal}"
        );
    }

    #[test]
    fn what_fits_to_the_minute_fits() {
        assert!(shown(&hours(&[70; 3], "half-day"), Format::HalfDay).is_ok());
        assert!(shown(&hours(&[65; 6], "one-day"), Format::OneDay).is_ok());
        assert!(shown(&hours(&[65; 12], "two-day"), Format::TwoDay).is_ok());
    }
}

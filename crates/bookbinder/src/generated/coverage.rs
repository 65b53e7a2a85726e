//! The coverage page: every row, and where it is taught.

use crate::html::escape;
use crate::page::Page;
use crate::problem::Problems;
use crate::site::Site;

use super::place::{Place, Places};
use super::rows::{Kind, List, RowId};
use super::words::{below, inline, places as links};

/// One row of the page.
struct Line<'a> {
    row: RowId,
    title: &'a str,
    places: Vec<Place>,
}

/// The whole page, as Markdown with tables of HTML.
pub fn coverage(site: &Site<'_>, page: &Page, _problems: &mut Problems) -> String {
    let places = Places::of(site);
    let lines = site.rows.texts().map(|(row, text)| Line {
        row,
        title: text.title(),
        places: places.of_row(site.rows.taught(row)),
    });
    render(page, &lines.collect::<Vec<_>>())
}

fn render(page: &Page, lines: &[Line<'_>]) -> String {
    let mut out = counts(lines);
    let marks = below(page, "coverage");
    for list in List::ALL {
        out.push_str(&format!(
            "\n{marks} {} {{#list-{}}}\n",
            list.title(),
            list.letter()
        ));
        for kind in Kind::ALL {
            let of = of(lines, list, kind);
            if of.is_empty() {
                continue;
            }
            out.push_str(&format!(
                "\n#{marks} {} {{#{}}}\n\n",
                kind.title(),
                id(list, kind)
            ));
            out.push_str(&table(page, &of));
        }
    }
    out
}

fn of<'l, 'a>(lines: &'l [Line<'a>], list: List, kind: Kind) -> Vec<&'l Line<'a>> {
    let lines = lines.iter();
    lines
        .filter(|line| line.row.list == list && line.row.kind == kind)
        .collect()
}

fn id(list: List, kind: Kind) -> String {
    format!("{}-{}", list.letter(), kind.title().to_lowercase())
}

/// How many rows are taught, of how many.
fn counts(lines: &[Line<'_>]) -> String {
    let taught = |lines: &[&Line<'_>]| lines.iter().filter(|line| !line.places.is_empty()).count();
    let all: Vec<&Line<'_>> = lines.iter().collect();
    let mut out = format!(
        "**{} of {} rows are taught so far.**\n\n",
        taught(&all),
        all.len()
    );
    out.push_str("| taught |");
    for kind in Kind::ALL {
        out.push_str(&format!(" {} |", kind.title().to_lowercase()));
    }
    out.push_str("\n|---|--:|--:|--:|--:|--:|\n");
    for list in List::ALL {
        out.push_str(&format!("| [{}](#list-{}) |", list.title(), list.letter()));
        for kind in Kind::ALL {
            let of = of(lines, list, kind);
            match of.is_empty() {
                true => out.push_str(" – |"),
                false => {
                    let id = id(list, kind);
                    out.push_str(&format!(" [{} of {}](#{id}) |", taught(&of), of.len()));
                }
            }
        }
        out.push('\n');
    }
    out
}

fn table(page: &Page, lines: &[&Line<'_>]) -> String {
    let mut out = "<table class=\"coverage\">\n<thead><tr><th scope=\"col\">row</th>\
        <th scope=\"col\">about</th><th scope=\"col\">taught in</th></tr></thead>\n<tbody>\n"
        .to_owned();
    for line in lines {
        let (class, taught) = match line.places.is_empty() {
            true => ("to-come", "to come".to_owned()),
            false => ("taught", links(page, &line.places)),
        };
        out.push_str(&format!(
            "<tr id=\"{}\" class=\"{class}\"><th scope=\"row\">{}</th><td>{}</td><td>{taught}</td></tr>\n",
            line.row.anchor(),
            escape(&line.row.to_string()),
            inline(line.title),
        ));
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_anchor_and_says_where_it_is_taught() {
        let page = Page::parse("reference/coverage.md", "C", "", &mut Problems::default());
        let taught = Place {
            label: "ch11 lost-wakeup".to_owned(),
            target: Some("ch11-deadlocks.md#lost-wakeup".to_owned()),
        };
        let line = |id: &str, title, places| Line {
            row: id.parse().expect("a row"),
            title,
            places,
        };
        let lines = [
            line("a:S1", "eleven `Vec<T>`", vec![taught]),
            line("a:S2", "a server", vec![]),
            line("b:project-C9", "a pool", vec![]),
        ];
        let shown = render(&page, &lines);
        for part in [
            "**1 of 3 rows are taught so far.**",
            "| [1 of 2](#a-systems) | – | – |",
            "[0 of 1](#b-projects)",
            "### Systems {#a-systems}",
            "<tr id=\"a-S1\" class=\"taught\"><th scope=\"row\">a:S1</th><td>eleven <code>Vec&lt;T&gt;</code></td>\
             <td><a href=\"../ch11-deadlocks.md#lost-wakeup\">ch11 lost-wakeup</a></td></tr>",
            "<tr id=\"a-S2\" class=\"to-come\"><th scope=\"row\">a:S2</th><td>a server</td><td>to come</td></tr>",
            "<tr id=\"b-project-C9\"",
        ] {
            assert!(shown.contains(part), "{part}\n{shown}");
        }
        assert!(!shown.contains("### Errata"), "{shown}");
        let table = &shown
            [shown.find("<table").expect("a table")..shown.find("</table>").expect("its end")];
        assert!(
            !table.contains("\n\n"),
            "an empty line ends a block of HTML"
        );
    }
}

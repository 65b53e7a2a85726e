//! What the guides get wrong: the errata, theme by theme.

use crate::page::Page;
use crate::problem::Problems;
use crate::site::Site;

use super::place::{Place, Places};
use super::rows::{Erratum, How, RowId, Theme};
use super::words::{below, inline, places as links};

/// One erratum on the page.
struct Line<'a> {
    row: RowId,
    erratum: &'a Erratum,
    places: Vec<Place>,
}

/// The errata, as Markdown with lists of HTML.
pub fn guides_wrong(site: &Site<'_>, page: &Page, _problems: &mut Problems) -> String {
    let places = Places::of(site);
    let lines = site.rows.errata().map(|(row, erratum)| Line {
        row,
        erratum,
        places: places.of_row(site.rows.taught(row)),
    });
    render(page, &lines.collect::<Vec<_>>())
}

fn render(page: &Page, lines: &[Line<'_>]) -> String {
    let mut out = counts(lines);
    let marks = below(page, "guides-wrong");
    for theme in Theme::ALL {
        let of: Vec<&Line<'_>> = of(lines, theme).collect();
        if of.is_empty() {
            continue;
        }
        out.push_str(&format!(
            "\n{marks} {} {{#on-{}}}\n\n",
            theme.title(),
            theme.key()
        ));
        out.push_str("<dl class=\"errata\">\n");
        for line in of {
            out.push_str(&entry(page, line));
        }
        out.push_str("</dl>\n");
    }
    out
}

fn of<'l, 'a>(lines: &'l [Line<'a>], theme: Theme) -> impl Iterator<Item = &'l Line<'a>> {
    lines.iter().filter(move |line| line.erratum.theme == theme)
}

fn counts(lines: &[Line<'_>]) -> String {
    let by = |how| lines.iter().filter(|line| line.erratum.how == how).count();
    let mut out = format!(
        "{} errata: {} found by running a program, {} by measuring, {} by reading.\n\n",
        lines.len(),
        by(How::Ran),
        by(How::Measured),
        by(How::Read)
    );
    for theme in Theme::ALL {
        let number = of(lines, theme).count();
        if number > 0 {
            out.push_str(&format!(
                "- [{}](#on-{}): {number}\n",
                theme.title(),
                theme.key()
            ));
        }
    }
    out
}

fn entry(page: &Page, line: &Line<'_>) -> String {
    let row = line.row;
    let coverage = page.link_to(&format!("reference/coverage.md#{}", row.anchor()));
    let how = match line.erratum.how {
        How::Ran => "ran",
        How::Measured => "measured",
        How::Read => "read",
    };
    let taught = match line.places.is_empty() {
        true => "to come".to_owned(),
        false => links(page, &line.places),
    };
    format!(
        "<dt id=\"wrong-{}\"><a href=\"{coverage}\">{row}</a> <span class=\"claims\">{}</span></dt>\n\
         <dd>{} <span class=\"how\">({how})</span> <span class=\"taught\">Taught in: {taught}.</span></dd>\n",
        row.anchor(),
        inline(&line.erratum.claims),
        inline(&line.erratum.happens),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_erratum_says_what_is_claimed_what_happens_and_how_it_is_known() {
        let page = Page::parse("reference/guides.md", "G", "", &mut Problems::default());
        let erratum = |theme, how| Erratum {
            theme,
            claims: "Every `send` waits".to_owned(),
            happens: "Only an unbuffered one.".to_owned(),
            how,
        };
        let (channels, tasks) = (
            erratum(Theme::Channels, How::Ran),
            erratum(Theme::Tasks, How::Read),
        );
        let line = |id: &str, erratum| Line {
            row: id.parse().expect("a row"),
            erratum,
            places: Vec::new(),
        };
        let lines = [line("a:E19", &channels), line("b:E2", &tasks)];
        let shown = render(&page, &lines);
        for part in [
            "2 errata: 1 found by running a program, 0 by measuring, 1 by reading.",
            "- [Goroutines, threads and tasks](#on-tasks): 1\n- [Channels](#on-channels): 1",
            "## Channels {#on-channels}",
            "<dt id=\"wrong-a-E19\"><a href=\"../reference/coverage.md#a-E19\">a:E19</a> <span class=\"claims\">Every <code>send</code> waits</span></dt>",
            "<dd>Only an unbuffered one. <span class=\"how\">(ran)</span> <span class=\"taught\">Taught in: to come.</span></dd>",
        ] {
            assert!(shown.contains(part), "{part}\n{shown}");
        }
        assert!(!shown.contains("#on-select"), "{shown}");
    }
}

//! Texts on their way into a page.

use crate::html::escape;
use crate::page::Page;

use super::place::Place;

/// Text with `code` in it, as HTML.
pub fn inline(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        match at % 2 {
            0 => html.push_str(&escape(part)),
            _ => html.push_str(&format!("<code>{}</code>", escape(part))),
        }
    }
    html
}

/// Text in which Markdown finds nothing to do.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation()
            && !matches!(c, '.' | ',' | '\'' | '"' | '(' | ')' | ':' | '/' | '-')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A list of places as HTML, with links from `page`.
pub fn places(page: &Page, places: &[Place]) -> String {
    let places = places.iter().map(|place| {
        let label = escape(&place.label);
        match &place.target {
            Some(target) => format!("<a href=\"{}\">{label}</a>", escape(&page.link_to(target))),
            None => format!("<code>{label}</code>"),
        }
    });
    places.collect::<Vec<_>>().join(", ")
}

/// The marks of a heading that stands below the one above `{{#directive …}}` on its page.
pub fn below(page: &Page, directive: &str) -> String {
    let line = line_of(page, directive);
    let mut headings = page.headings.iter();
    let above = headings.rfind(|heading| heading.line <= line);
    let level = above.map_or(1, |heading| usize::from(heading.level));
    "#".repeat(level + 1)
}

/// The line of `{{#directive …}}` on its page; 0 if it is not there.
pub fn line_of(page: &Page, directive: &str) -> usize {
    let mut prose = page.prose();
    let line = prose.find(|(_, line)| {
        let inside = line
            .trim()
            .strip_prefix("{{#")
            .and_then(|l| l.strip_suffix("}}"));
        inside.is_some_and(|inside| inside.split_whitespace().next() == Some(directive))
    });
    line.map_or(0, |(number, _)| number)
}

/// `1 h 05 min`, `45 min`, `2 h`.
pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

/// `one pair`, `7 pairs`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    match n {
        1 => format!("one {one}"),
        n => format!("{n} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;

    #[test]
    fn texts_survive_html_and_markdown() {
        assert_eq!(
            inline("a `Vec<u8>` & b"),
            "a <code>Vec&lt;u8&gt;</code> &amp; b"
        );
        assert_eq!(
            plain("[18] were_packed, 1 * 2"),
            "\\[18\\] were\\_packed, 1 \\* 2"
        );
    }

    #[test]
    fn a_generated_heading_goes_below_the_one_above() {
        let page = |text| Page::parse("p.md", "P", text, &mut Problems::default());
        let nested = page("# A\n## B\n{{#pitfalls}}\n# C\n{{#schedule half-day}}\n");
        assert_eq!(below(&nested, "pitfalls"), "###");
        assert_eq!(below(&nested, "schedule"), "##");
        assert_eq!(line_of(&nested, "schedule"), 5);
        assert_eq!(line_of(&nested, "coverage"), 0);
    }

    #[test]
    fn minutes_and_numbers_are_written_for_people() {
        let said = [5, 60, 65, 210].map(duration);
        assert_eq!(said, ["5 min", "1 h", "1 h 05 min", "3 h 30 min"]);
        assert_eq!(
            [1, 2].map(|n| count(n, "pair", "pairs")),
            ["one pair", "2 pairs"]
        );
    }
}

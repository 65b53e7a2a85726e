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
    fn minutes_and_numbers_are_written_for_people() {
        let said = [5, 60, 65, 210].map(duration);
        assert_eq!(said, ["5 min", "1 h", "1 h 05 min", "3 h 30 min"]);
        assert_eq!(
            [1, 2].map(|n| count(n, "pair", "pairs")),
            ["one pair", "2 pairs"]
        );
    }
}

//! Style sheets: what they load.

/// An address in a style sheet, and the line that it stands in.
#[derive(Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The address as it is written.
    pub address: String,
    /// Counted from 1.
    pub line: usize,
}

/// Every address that a style sheet loads from: `url(…)`, and the text behind `@import`.
pub fn loads(css: &str) -> Vec<Loaded> {
    let css = without_comments(css);
    // Keywords may be written in capitals; the lengths stay.
    let small = css.to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, keyword) in ["url(", "@import", "image-set("]
        .iter()
        .flat_map(|keyword| small.match_indices(keyword))
    {
        let rest = css[at + keyword.len()..].trim_start();
        let address = match (quoted(rest), keyword) {
            (Some(address), _) => address,
            (None, "url(") => rest.split(')').next().unwrap_or(rest).trim(),
            // `@import url(…)` is found as an url.
            (None, _) => continue,
        };
        found.push(Loaded {
            address: address.to_owned(),
            line: css[..at].matches('\n').count() + 1,
        });
    }
    found.sort_by_key(|loaded| loaded.line);
    found
}

fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split(quote).next()
}

/// The style sheet with spaces in place of comments; the lines stay.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        kept.push_str(before);
        kept.extend(comment.chars().filter(|&c| c == '\n'));
        rest = after;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_style_sheet_loads_is_found() {
        let css = "/* url(no.png)\n */ @import 'a.css';\n@import url(\"b.css\");\n\
            p { background: URL( c.png ) }\nq { x: image-set('d.png' 1x) }\n@IMPORT 'e.css';\n";
        let loads: Vec<_> = loads(css)
            .into_iter()
            .map(|loaded| (loaded.line, loaded.address))
            .collect();
        let expected = [
            (2, "a.css"),
            (3, "b.css"),
            (4, "c.png"),
            (5, "d.png"),
            (6, "e.css"),
        ];
        assert_eq!(loads, expected.map(|(line, text)| (line, text.to_owned())));
    }
}

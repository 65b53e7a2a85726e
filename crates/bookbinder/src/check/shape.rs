//! The shape of a page: ids that are there once, references that lead to one, headings in order.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::html::{Document, Element};

/// Attributes that name other elements of the page, by one id or several.
const REFERENCES: [&str; 3] = ["aria-labelledby", "aria-describedby", "for"];

/// No id stands twice in a page.
pub fn ids(file: &str, page: &Document, found: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut said = BTreeSet::new();
    for (id, element) in page.ids() {
        if let Some(line) = first.get(id) {
            if said.insert(id) {
                let what = format!(
                    "the id `{id}` is given twice (in the page that was written, at lines {line} \
                     and {}); a link to it finds only the first",
                    element.line
                );
                found.push(finding(file, element, what, Some(id)));
            }
        } else {
            first.insert(id, element.line);
        }
    }
}

/// What a label or the paint of a picture refers to is in the page.
pub fn references(file: &str, page: &Document, found: &mut Vec<Finding>) {
    for (_, element) in page.main() {
        for (attribute, value) in element.attributes() {
            let named: Vec<&str> = match attribute {
                _ if REFERENCES.contains(&attribute) => value.split_whitespace().collect(),
                "href" | "xlink:href" if element.name == "use" => {
                    value.strip_prefix('#').into_iter().collect()
                }
                "href" | "src" | "style" => continue,
                _ => painted(value).into_iter().collect(),
            };
            for id in named.into_iter().filter(|id| !page.has_id(id)) {
                let name = &element.name;
                let what = format!(
                    "<{name} {attribute}=\"{value}\">: nothing in the page has the id `{id}`"
                );
                found.push(finding(file, element, what, Some(id)));
            }
        }
    }
}

/// The id in `url(#id)`.
fn painted(value: &str) -> Option<&str> {
    let id = value.trim().strip_prefix("url(")?.strip_suffix(')')?;
    id.trim_matches(['"', '\'']).strip_prefix('#')
}

/// The headings of a page go down one level at a time, from one at the top.
pub fn headings(file: &str, page: &Document, found: &mut Vec<Finding>) {
    let mut above = 0;
    for (_, element) in page.main() {
        let Some(level) = level(element) else {
            continue;
        };
        let text = page.text(element).trim();
        let mut note = |what: String| found.push(finding(file, element, what, Some(text)));
        match (above, level) {
            (0, 1) => {}
            (0, _) => note(format!(
                "the first heading, “{text}”, is of level {level}; a page begins with a `#`"
            )),
            (_, 1) => note(format!(
                "a second heading of level 1, “{text}”; a page has one `#`"
            )),
            _ if level > above + 1 => note(format!(
                "the heading “{text}” is of level {level} below one of level {above}; use level {}",
                above + 1
            )),
            _ => {}
        }
        if text.is_empty() {
            note("a heading without words".to_owned());
        }
        above = level;
    }
}

fn level(element: &Element) -> Option<u32> {
    let level = element.name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn finding(file: &str, element: &Element, what: String, trace: Option<&str>) -> Finding {
    Finding {
        file: file.to_owned(),
        line: element.line,
        what,
        trace: trace.filter(|trace| !trace.is_empty()).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepts, found, rejects};

    #[test]
    fn an_id_twice_is_rejected() {
        rejects(
            "<p id=x></p><p id=x></p><p id=x></p>",
            "the id `x` is given twice",
        );
        rejects("<p id=t></p>", "the id `t` is given twice");
        accepts("<p id=x></p><p id=X></p>");
    }

    #[test]
    fn a_reference_to_nothing_is_rejected() {
        rejects(
            "<div role=region aria-labelledby='t no'></div>",
            "has the id `no`",
        );
        rejects(
            "<svg aria-label=x><path marker-end='url(#arrow)'/></svg>",
            "has the id `arrow`",
        );
        rejects(
            "<svg aria-label=x><use href='#dot'/></svg>",
            "has the id `dot`",
        );
        accepts(
            "<svg aria-label=x><marker id=arrow></marker><path marker-end='url(#arrow)'/></svg>",
        );
        accepts("<label for=t>x</label><p aria-describedby=t></p>");
    }

    #[test]
    fn references_hold_in_print_too() {
        let main = "<main><h1>x</h1><svg aria-label=x><path fill='url(#hatch)'/></svg></main>";
        let found = found(&[("print.html", main)]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn headings_that_skip_are_rejected() {
        rejects(
            "<h3>Deep</h3>",
            "the heading “Deep” is of level 3 below one of level 1",
        );
        rejects("<h2>A</h2><h4>B</h4>", "use level 3");
        rejects("<h1>Again</h1>", "a second heading of level 1");
        rejects("<h2> </h2>", "a heading without words");
        accepts("<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>");
        let found = found(&[("a.html", "<h1>Title bar</h1><main><h2>A</h2></main>")]);
        assert!(
            found.len() == 1 && found[0].contains("begins with a `#`"),
            "{found:?}"
        );
    }
}

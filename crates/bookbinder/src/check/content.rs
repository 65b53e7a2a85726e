//! The content of a page: pictures and tables that can be read aloud, code that is there,
//! directives that were replaced.

use super::Finding;
use super::html::{Document, Element};

/// Looks at pictures, code and left-over directives.
pub fn check(file: &str, page: &Document, found: &mut Vec<Finding>) {
    for (at, element) in page.main() {
        let problem = match element.name.as_str() {
            "img" if !hidden(page, at, element) && !element.says("alt") => {
                let src = element.get("src").unwrap_or_default();
                let what = "has no text for those who do not see it: `![what it shows](…)`";
                Some((format!("the image `{src}` {what}"), src))
            }
            "svg" if !hidden(page, at, element) && !is_named(page, at, element) => {
                let what =
                    "a drawing (<svg>) has no text alternative: give it a <title> or an aria-label";
                Some((what.to_owned(), ""))
            }
            "pre" if page.text(element).trim().is_empty() => {
                Some(("an empty code block".to_owned(), ""))
            }
            "th" if page.text(element).trim().is_empty() => {
                let what = "a column of a table has no head: say in a word what stands in it";
                Some((what.to_owned(), ""))
            }
            _ => None,
        };
        if let Some((what, trace)) = problem {
            found.push(finding(file, element, what, trace));
        }
    }
    directives(file, page, found);
}

/// Whether those who listen to the page are not told of an element, or hear the name of what it
/// stands in.
fn hidden(page: &Document, at: usize, element: &Element) -> bool {
    let unheard = |element: &Element| {
        element.get("aria-hidden") == Some("true")
            || matches!(element.get("role"), Some("presentation" | "none"))
    };
    let named = |element: &Element| {
        let control = matches!(element.name.as_str(), "a" | "button" | "label" | "svg");
        control && (element.says("aria-label") || element.says("title"))
    };
    unheard(element)
        || page
            .around(at)
            .any(|element| unheard(element) || named(element))
}

fn is_named(page: &Document, at: usize, svg: &Element) -> bool {
    let mut inside = page.inside(at);
    svg.says("aria-label")
        || svg.says("aria-labelledby")
        || inside
            .any(|(_, element)| element.name == "title" && !page.text(element).trim().is_empty())
}

/// A directive that still stands in a page has been understood by nobody.
fn directives(file: &str, page: &Document, found: &mut Vec<Finding>) {
    let main = page.elements().find(|(_, element)| element.name == "main");
    let Some((at, main)) = main else { return };
    let text = page.text(main);
    for (begin, _) in text.match_indices("{{#").chain(text.match_indices("{{/")) {
        // The last element that begins before it knows the line.
        let rest = &text[begin..];
        let end = rest.find("}}").map_or(3, |end| end + 2).min(80);
        let directive = rest.get(..end).unwrap_or("{{#");
        let what =
            format!("`{directive}` was not replaced: is it spelled right, alone on its line?");
        let inside = page
            .inside(at)
            .filter(|(_, element)| page.text(element).contains(directive));
        let element = inside.last().map_or(main, |(_, element)| element);
        found.push(finding(file, element, what, directive));
    }
}

fn finding(file: &str, element: &Element, what: String, trace: &str) -> Finding {
    Finding {
        file: file.to_owned(),
        line: element.line,
        what,
        trace: (!trace.is_empty()).then(|| trace.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepts, rejects};

    #[test]
    fn a_picture_without_words_is_rejected() {
        rejects("<img src='data:,x'>", "the image `data:,x` has no text");
        rejects("<img src='data:,x' alt=' '>", "has no text");
        rejects("<svg><path/></svg>", "a drawing (<svg>) has no text");
        rejects(
            "<svg><title> </title></svg>",
            "a drawing (<svg>) has no text",
        );
        rejects(
            "<p title='x'><svg></svg></p>",
            "a drawing (<svg>) has no text",
        );
    }

    #[test]
    fn a_picture_that_says_what_it_shows_or_is_only_ornament_is_accepted() {
        accepts("<img src='data:,x' alt='two lanes'><img src='data:,x' role=presentation>");
        accepts("<svg><title>Two lanes</title></svg><svg aria-label='x'><g/></svg>");
        accepts("<svg aria-hidden=true></svg><span aria-hidden=true><svg></svg></span>");
        accepts("<button title='Print' aria-label='Print'><span><svg></svg></span></button>");
    }

    #[test]
    fn an_empty_code_block_is_rejected() {
        rejects(
            "<pre><code class='language-rust'>\n</code></pre>",
            "an empty code block",
        );
        accepts("<pre><code>x</code></pre><code></code>");
    }

    #[test]
    fn a_column_without_a_head_is_rejected() {
        let table = |head: &str| format!("<table><tr><th>{head}</th><th>Rust</th></tr></table>");
        rejects(&table(" "), "a column of a table has no head");
        accepts(&table("Go"));
    }

    #[test]
    fn a_directive_that_was_not_replaced_is_rejected() {
        rejects(
            "<p>{{#pictur lost_wakeup}}</p>",
            "`{{#pictur lost_wakeup}}` was not replaced",
        );
        rejects(
            "<pre><code>{{#include x.rs}}</code></pre>",
            "was not replaced",
        );
        rejects("<p>{{/notes}}</p>", "was not replaced");
        accepts("<p>{{ x }}</p>");
    }
}

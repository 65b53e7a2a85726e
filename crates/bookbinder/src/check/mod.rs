//! What a reader would stumble over in the book that mdBook has written.
//!
//! mdBook builds a book with dead links, with ids twice, with a picture from the network. Here the
//! pages are read as a browser reads them, and everything of that kind is a problem.

mod address;
mod content;
mod css;
mod html;
mod js;
mod links;
mod output;
mod resources;
mod shape;
mod sources;

use std::path::Path;

use crate::problem::Problems;
use crate::site::Site;
use output::Output;
use sources::Sources;

/// The page with all pages in it.
const PRINT: &str = "print.html";

/// Something wrong in a file of the output.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// The file, from the root of the output.
    file: String,
    /// The line in that file.
    line: usize,
    /// What is wrong, and the way out.
    what: String,
    /// A text by which the place can be found in the source of the page.
    trace: Option<String>,
}

/// Looks through the whole output in `out`, and notes every problem with the page and the line of
/// its source where they can be found.
pub fn output(out: &Path, site: &Site<'_>, problems: &mut Problems) {
    let output = match Output::read(out) {
        Ok(output) => output,
        Err(error) => return problems.add(out.display().to_string(), 0, error),
    };
    let sources = Sources::new(site.pages, &site.workshop.root.join("book"));
    for finding in findings(&output) {
        let (file, line) = sources.place(&finding);
        problems.add(file, line, finding.what);
    }
}

/// Everything that is wrong, page by page. What print.html repeats is said once.
fn findings(output: &Output) -> Vec<Finding> {
    let mut found = Vec::new();
    for (file, page) in &output.pages {
        links::check(output, file, page, &mut found);
        resources::page(output, file, page, &mut found);
        shape::ids(file, page, &mut found);
        shape::references(file, page, &mut found);
        if file != PRINT {
            shape::headings(file, page, &mut found);
            content::check(file, page, &mut found);
        }
    }
    resources::files(output, &mut found);
    // For print.html mdBook rewrites an address: `//x` and `x/` lose a slash.
    let plain = |trace: &String| trace.replace("//", "/").trim_end_matches('/').to_owned();
    let own: Vec<String> = found
        .iter()
        .filter(|finding| finding.file != PRINT)
        .filter_map(|finding| finding.trace.as_ref().map(plain))
        .collect();
    found.retain(|finding| {
        let again = |trace: &String| own.contains(&plain(trace));
        finding.file != PRINT || !finding.trace.as_ref().is_some_and(again)
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a book of these files, as `file:line: what`.
    pub fn found(files: &[(&str, &str)]) -> Vec<String> {
        let output = Output::of(files);
        let found = findings(&output).into_iter();
        found
            .map(|finding| format!("{}:{}: {}", finding.file, finding.line, finding.what))
            .collect()
    }

    /// A page whose main part is this.
    pub fn page(main: &str) -> String {
        format!("<!doctype html><body>\n<main><h1 id=t>A page</h1>\n{main}\n</main></body>")
    }

    #[track_caller]
    pub fn rejects(main: &str, why: &str) {
        let found = found(&[("a.html", &page(main))]);
        assert!(
            found.iter().any(|what| what.contains(why)),
            "{main}: {found:?}"
        );
        assert_eq!(found.len(), 1, "{main}: {found:?}");
    }

    #[track_caller]
    pub fn accepts(main: &str) {
        let found = found(&[("a.html", &page(main))]);
        assert!(found.is_empty(), "{main}: {found:?}");
    }

    #[test]
    fn what_print_repeats_is_said_once() {
        let page = page("<a href='no.html'>x</a>");
        let found = found(&[("a.html", &page), ("print.html", &page)]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("a.html:3: "), "{found:?}");
    }

    #[test]
    fn what_print_writes_differently_is_said_once() {
        for (own, print) in [("//x.org/a.png", "/x.org/a.png"), ("t/", "t")] {
            let own = page(&format!("<img alt=x src='{own}'>"));
            let print = page(&format!("<img alt=x src='{print}'>"));
            let found = found(&[("a.html", &own), ("print.html", &print)]);
            assert_eq!(found.len(), 1, "{found:?}");
        }
    }
}

//! What a page needs to be shown: all of it is in the book.

use super::Finding;
use super::address::Address;
use super::css::{self, Loaded};
use super::html::{Document, Element};
use super::js;
use super::output::Output;

/// Elements and the attributes by which they load something.
const LOADS: [(&str, &str); 18] = [
    ("img", "src"),
    ("img", "srcset"),
    ("script", "src"),
    ("iframe", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("input", "src"),
    ("image", "href"),
    ("image", "xlink:href"),
    ("use", "href"),
    ("use", "xlink:href"),
    ("form", "action"),
];

/// Links in the head that only say something, and load nothing.
const SAYS_ONLY: [&str; 6] = [
    "canonical",
    "author",
    "license",
    "prev",
    "next",
    "alternate",
];

/// What mdBook's own script calls for, and the class of the block that makes it call. A book
/// without such a block never does.
const PLAYGROUND: (&str, &str) = ("https://play.rust-lang.org", "playground");

/// Looks at what a page loads.
pub fn page(output: &Output, file: &str, page: &Document, found: &mut Vec<Finding>) {
    for (at, element) in page.elements() {
        let name = element.name.as_str();
        let note = |found: &mut Vec<Finding>, address: &str| {
            if let Some(what) = missing(output, file, address) {
                found.push(finding(
                    file,
                    element.line,
                    format!("<{name}>: {what}"),
                    address,
                ));
            }
        };
        for (attribute, value) in element.attributes() {
            match (name, attribute) {
                ("link", "href") if loads(element) => note(found, value),
                (_, "style") => css::loads(value)
                    .iter()
                    .for_each(|loaded| note(found, &loaded.address)),
                (_, "srcset") => candidates(value).for_each(|address| note(found, address)),
                ("iframe", "srcdoc") => {
                    let what = "a page within the page (<iframe srcdoc>) cannot be checked; write \
                                it into this one";
                    found.push(finding(file, element.line, what.to_owned(), "srcdoc"));
                }
                // `onclick` and the like are scripts.
                _ if attribute.starts_with("on") => {
                    for loaded in js::addresses(value) {
                        let what = format!("<{name} {attribute}>: {}", calls_out(&loaded.address));
                        found.push(finding(file, element.line, what, &loaded.address));
                    }
                }
                _ if LOADS.contains(&(name, attribute)) => note(found, value),
                // Paint, markers and clips of a picture: `fill="url(#x)"`. References look at ids.
                _ => {}
            }
        }
        match name {
            "style" => css::loads(page.text(element))
                .iter()
                .for_each(|loaded| note(found, &loaded.address)),
            "script" if is_script(element) => {
                for loaded in js::addresses(page.text(element)) {
                    let what = format!("<script>: {}", calls_out(&loaded.address));
                    found.push(finding(file, element.line, what, &loaded.address));
                }
            }
            // mdBook gives 404.html one, in its head.
            "base" if page.around(at).any(|around| around.name == "main") => {
                let what = "every address of the page would begin with this <base>; leave it out";
                found.push(finding(file, element.line, what.to_owned(), "<base"));
            }
            "meta"
                if element
                    .get("http-equiv")
                    .is_some_and(|v| v.eq_ignore_ascii_case("refresh")) =>
            {
                let what = "the page leads elsewhere by itself (<meta http-equiv=refresh>)";
                found.push(finding(file, element.line, what.to_owned(), "http-equiv"));
            }
            _ => {}
        }
    }
}

/// Looks at what style sheets and scripts load.
pub fn files(output: &Output, found: &mut Vec<Finding>) {
    let runnable = output.pages.iter().find_map(|(file, page)| {
        let mut elements = page.elements();
        let (_, block) = elements.find(|(_, element)| has_class(element, PLAYGROUND.1))?;
        Some(format!("{file}:{}", block.line))
    });
    for (file, text) in &output.texts {
        if file.ends_with(".css") {
            for Loaded { address, line } in css::loads(text) {
                if let Some(what) = missing(output, file, &address) {
                    found.push(finding(file, line, what, &address));
                }
            }
            continue;
        }
        for Loaded { address, line } in js::addresses(text) {
            match &runnable {
                None if address.starts_with(PLAYGROUND.0) => {}
                Some(block) if address.starts_with(PLAYGROUND.0) => {
                    let what = format!(
                        "the block at {block} can be run, and calls {address} for it; set \
                         `runnable = false` in book.toml"
                    );
                    found.push(finding(file, line, what, &address));
                }
                _ => found.push(finding(file, line, calls_out(&address), &address)),
            }
        }
    }
}

fn missing(output: &Output, from: &str, address: &str) -> Option<String> {
    match Address::read(from, address) {
        Address::Outside => Some(format!(
            "it needs {address} from the network to be shown; put it into the book"
        )),
        Address::Bad(why) => Some(format!("`{address}`: {why}")),
        Address::Data | Address::Mail => None,
        Address::Inside { file, .. } => (!output.files.contains(&file))
            .then(|| format!("`{address}`: there is no {file} in the book")),
    }
}

fn calls_out(address: &str) -> String {
    format!("it may call {address}, and a book that is read offline calls nobody")
}

fn loads(link: &Element) -> bool {
    let rel = link.get("rel").unwrap_or_default();
    !rel.split_whitespace().all(|word| SAYS_ONLY.contains(&word)) || rel.contains("stylesheet")
}

fn is_script(element: &Element) -> bool {
    let kind = element.get("type").unwrap_or_default();
    kind.is_empty() || kind == "module" || kind.contains("javascript")
}

/// The addresses of a `srcset`: each may be followed by its width.
fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    let candidates = srcset.split(',');
    candidates.filter_map(|candidate| candidate.split_whitespace().next())
}

fn has_class(element: &Element, class: &str) -> bool {
    let classes = element.get("class").unwrap_or_default();
    classes.split_whitespace().any(|word| word == class)
}

fn finding(file: &str, line: usize, what: String, trace: &str) -> Finding {
    Finding {
        file: file.to_owned(),
        line,
        what,
        trace: Some(trace.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepts, found, page, rejects};

    #[test]
    fn what_comes_from_the_network_is_rejected() {
        for main in [
            "<img alt=x src='https://x.org/a.png'>",
            "<img alt=x srcset='//x.org/a.png 2x'>",
            "<script src='//cdn.x.org/a.js'></script>",
            "<link rel=stylesheet href='https://x.org/a.css'>",
            "<link rel='alternate stylesheet' href='https://x.org/a.css'>",
            "<iframe title=x src='http://x.org'></iframe>",
            "<video poster='https://x.org/a.png'></video>",
            "<p style='background: url(https://x.org/a.png)'></p>",
            "<style>@import 'https://x.org/a.css';</style>",
            "<svg aria-label=x><image href='https://x.org/a.png'/></svg>",
            "<form action='https://x.org/search'></form>",
        ] {
            rejects(main, "from the network");
        }
        rejects(
            "<script>fetch('https://x.org/a')</script>",
            "it may call https://x.org/a",
        );
        rejects(
            "<p onclick=\"fetch('https://x.org/a')\">x</p>",
            "<p onclick>: it may call https://x.org/a",
        );
        rejects(
            "<iframe title=x srcdoc='<img src=https://x.org/a.png>'></iframe>",
            "cannot be checked",
        );
        rejects(
            "<base href='https://x.org/'>",
            "every address of the page would begin",
        );
        rejects(
            "<meta http-equiv=Refresh content='0; url=x'>",
            "leads elsewhere",
        );
    }

    #[test]
    fn what_is_not_in_the_book_is_rejected() {
        rejects("<img alt=x src='a.png'>", "there is no a.png in the book");
        rejects("<script src='no.js'></script>", "there is no no.js");
        rejects("<img alt=x src='/a.png'>", "starts at the root");
    }

    #[test]
    fn what_only_names_an_address_is_accepted() {
        accepts("<a href='https://go.dev'>the Go memory model</a>");
        accepts("<link rel=canonical href='https://x.org/a.html'>");
        accepts("<img alt=x src='data:image/png;base64,AA'>");
        accepts("<script type='application/json'>{\"code\": \"'https://x.org'\"}</script>");
        accepts("<pre><code>curl 'https://x.org'</code></pre>");
    }

    #[test]
    fn style_sheets_and_scripts_are_looked_at() {
        let page = page("");
        let sheet = "@font-face { src: url('f.woff2'), url(https://x.org/f.woff2) }\n";
        let found = found(&[
            ("a.html", &page),
            ("css/b.css", sheet),
            ("c.js", "\nimport('https://x.org/c.js')"),
        ]);
        let why = [
            "css/b.css:1: `f.woff2`: there is no css/f.woff2",
            "css/b.css:1: it needs",
            "c.js:2: it may call",
        ];
        for why in why {
            assert!(
                found.iter().any(|what| what.starts_with(why)),
                "{why}: {found:?}"
            );
        }
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn the_playground_is_called_only_for_blocks_that_can_be_run() {
        let script = (
            "book.js",
            "fetch('https://play.rust-lang.org/evaluate.json')",
        );
        let still = page("<pre><code>x</code></pre>");
        assert!(found(&[("a.html", &still), script]).is_empty());
        let runs = page("<pre class='a playground'><code>x</code></pre>");
        let found = found(&[("a.html", &runs), script]);
        assert!(
            found.len() == 1 && found[0].contains("a.html:3 can be run"),
            "{found:?}"
        );
    }
}

//! Where in the book the things are that the ledger names by their paths.

use std::collections::HashSet;

use crate::page::Page;
use crate::site::Site;
use crate::workshop::{Chapter, Workshop};

/// A place that teaches something, as a reader is sent there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What the link says; Markdown has no meaning in it.
    pub label: String,
    /// Where it leads, from `book/src`; nothing where the book does not show it.
    pub target: Option<String>,
}

/// Finds places.
#[derive(Debug)]
pub struct Places<'a> {
    workshop: &'a Workshop,
    pages: &'a [Page],
    /// The directives of all pages: they are looked through for every row.
    directives: Vec<Said<'a>>,
}

/// A line with a directive.
#[derive(Debug)]
struct Said<'a> {
    page: &'a Page,
    /// Counted from 1.
    at: usize,
    line: &'a str,
    in_prose: bool,
}

/// What a path of the ledger is.
#[derive(Debug, PartialEq, Eq)]
enum Thing<'a> {
    Pair(&'a str),
    Exercise(&'a str),
    Refused(&'a str),
    Chapter,
    Other,
}

impl<'a> Places<'a> {
    /// The places of a book.
    pub fn of(site: &Site<'a>) -> Self {
        Self::on(site.workshop, site.pages)
    }

    fn on(workshop: &'a Workshop, pages: &'a [Page]) -> Self {
        let directives = pages.iter().flat_map(directives).collect();
        Self {
            workshop,
            pages,
            directives,
        }
    }

    /// The places of a row, each once, in the order of the ledger.
    pub fn of_row(&self, paths: &[String]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for path in paths {
            let place = self.find(path);
            if !places.iter().any(|known| known.label == place.label) {
                places.push(place);
            }
        }
        places
    }

    /// The place of a path such as `crates/ch11-deadlocks/src/lost_wakeup`.
    pub fn find(&self, path: &str) -> Place {
        let path = path.split('#').next().unwrap_or(path);
        let mut chapters = self.workshop.chapters.iter();
        let Some((chapter, thing)) = chapters.find_map(|c| Some((c, thing(c, path)?))) else {
            return self.elsewhere(path);
        };
        let number = &chapter.number;
        match thing {
            Thing::Pair(pair) => {
                let id = dashes(pair);
                let page = self.page_with_heading(chapter, &id);
                place(format!("{number} {id}"), page, &id)
            }
            Thing::Exercise(name) => {
                let page = self.page_that_says(chapter, "exercise", name);
                place(
                    format!("exercise {number}/{name}"),
                    page,
                    &format!("exercise-{name}"),
                )
            }
            Thing::Refused(name) => {
                let id = dashes(name);
                let page = self.page_that_says(chapter, "refused", name);
                place(
                    format!("refused: {number} {id}"),
                    page,
                    &format!("refused-{id}"),
                )
            }
            Thing::Chapter => Place {
                label: chapter.name.clone(),
                target: self.page_of(chapter).map(|page| page.path.clone()),
            },
            Thing::Other => self.elsewhere(path),
        }
    }

    /// The section of a pair, if the chapter has one.
    pub fn of_pair(&self, chapter: &Chapter, pair: &str) -> Place {
        self.find(&format!("crates/{}/src/{pair}", chapter.name))
    }

    /// The page of a chapter.
    pub fn page_of(&self, chapter: &Chapter) -> Option<&'a Page> {
        let of_crate = |page: &&Page| {
            let front = page.front.as_ref();
            front.is_some_and(|front| front.crate_name == chapter.name)
        };
        self.pages.iter().find(of_crate)
    }

    fn page_with_heading(&self, chapter: &Chapter, id: &str) -> Option<&'a Page> {
        self.page_of(chapter)
            .filter(|page| page.headings.iter().any(|heading| heading.id == id))
    }

    /// The page with `{{#exercise name}}` or, away from the chapter's own page,
    /// `{{#exercise ch11/name}}`.
    fn page_that_says(&self, chapter: &Chapter, directive: &str, name: &str) -> Option<&'a Page> {
        let own = self.page_of(chapter);
        let far = [&chapter.number, &chapter.name].map(|chapter| format!("{chapter}/{name}"));
        let says = |said: &&Said| {
            let is_own = own.is_some_and(|own| own.path == said.page.path);
            let named = directive_on(said.line, directive).map(|named| named.replace('-', "_"));
            let is = |name: &str| named.as_ref().is_some_and(|n| *n == name.replace('-', "_"));
            said.in_prose && (is_own && is(name) || far.iter().any(|far| is(far)))
        };
        self.directives.iter().find(says).map(|said| said.page)
    }

    /// Something else: the section of the page that includes it, or only its path.
    fn elsewhere(&self, path: &str) -> Place {
        let mut directives = self.directives.iter();
        let includes = directives.find(|said| said.line.contains(path));
        let target = includes.map(|Said { page, at, .. }| {
            let mut headings = page.headings.iter();
            let above = headings.rfind(|heading| heading.line <= *at);
            let above = above.map_or(String::new(), |heading| format!("#{}", heading.id));
            format!("{}{above}", page.path)
        });
        Place {
            label: path.to_owned(),
            target,
        }
    }
}

fn directives(page: &Page) -> impl Iterator<Item = Said<'_>> {
    let prose: HashSet<usize> = page.prose().map(|(line, _)| line).collect();
    let lines = page.lines.iter().enumerate();
    lines
        .filter(|(_, line)| line.contains("{{#"))
        .map(move |(index, line)| Said {
            page,
            at: index + 1,
            line,
            in_prose: prose.contains(&(index + 1)),
        })
}

/// What stands behind the name of a directive, when the line is one.
pub fn directive_on<'l>(line: &'l str, directive: &str) -> Option<&'l str> {
    let inside = line.trim().strip_prefix("{{#")?.strip_suffix("}}")?;
    let (name, argument) = inside.split_once(char::is_whitespace)?;
    (name == directive).then(|| argument.trim())
}

fn thing<'p>(chapter: &'p Chapter, path: &'p str) -> Option<Thing<'p>> {
    let name = &chapter.name;
    let rest = |root: &str| path.strip_prefix(&format!("{root}/{name}/"));
    let own = |names: &'p [String], name: &str| names.iter().find(|own| *own == name);
    if let Some(rest) = rest("exercises").or_else(|| rest("solutions")) {
        let first = rest.split('/').next().unwrap_or(rest);
        return Some(own(&chapter.exercises, first).map_or(Thing::Other, |e| Thing::Exercise(e)));
    }
    let mut parts = rest("crates")?.split('/');
    let (area, part) = (parts.next()?, parts.next().unwrap_or_default());
    let stem = part.strip_suffix(".rs").unwrap_or(part);
    Some(match area {
        "src" if part == "lib.rs" => Thing::Chapter,
        "src" | "checks" => own(&chapter.pairs, stem).map_or(Thing::Other, |p| Thing::Pair(p)),
        "refused" => own(&chapter.refused, stem).map_or(Thing::Other, |r| Thing::Refused(r)),
        _ => Thing::Other,
    })
}

fn place(label: String, page: Option<&Page>, id: &str) -> Place {
    Place {
        label,
        target: page.map(|page| format!("{}#{id}", page.path)),
    }
}

fn dashes(name: &str) -> String {
    name.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;
    use std::path::Path;

    const CHAPTER: &str = "+++\ncrate = \"ch11-deadlocks\"\ngoal = \"g\"\n[sections]\n+++\n\
        # Deadlocks\n## Lost {#lost-wakeup}\n{{#exercise transfer}}\n## More\n\
        ```rust\n{{#include crates/ch03-channels/benches/capacity.rs}}\n```\n";
    const REFUSED: &str = "# Refused\n{{#refused ch11/guard_sent}}\n";

    fn workshop() -> Workshop {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Workshop::open(&root).expect("this workshop")
    }

    fn pages() -> Vec<Page> {
        let mut problems = Problems::default();
        [
            ("ch11-deadlocks.md", CHAPTER),
            ("reference/refused.md", REFUSED),
        ]
        .map(|(path, text)| Page::parse(path, "x", text, &mut problems))
        .into()
    }

    fn found(path: &str) -> (String, Option<String>) {
        let (workshop, pages) = (workshop(), pages());
        let place = Places::on(&workshop, &pages).find(path);
        (place.label, place.target)
    }

    #[track_caller]
    fn leads(path: &str, label: &str, target: Option<&str>) {
        assert_eq!(
            found(path),
            (label.to_owned(), target.map(str::to_owned)),
            "{path}"
        );
    }

    #[test]
    fn a_path_leads_to_where_the_book_shows_it() {
        let lost = Some("ch11-deadlocks.md#lost-wakeup");
        leads(
            "crates/ch11-deadlocks/src/lost_wakeup",
            "ch11 lost-wakeup",
            lost,
        );
        leads(
            "crates/ch11-deadlocks/checks/lost_wakeup.rs",
            "ch11 lost-wakeup",
            lost,
        );
        leads(
            "crates/ch11-deadlocks/src/lib.rs",
            "ch11-deadlocks",
            Some("ch11-deadlocks.md"),
        );
        let transfer = Some("ch11-deadlocks.md#exercise-transfer");
        leads(
            "exercises/ch11-deadlocks/transfer",
            "exercise ch11/transfer",
            transfer,
        );
        leads(
            "solutions/ch11-deadlocks/transfer/wrong/x.rs",
            "exercise ch11/transfer",
            transfer,
        );
        let bench = "crates/ch03-channels/benches/capacity.rs";
        leads(bench, bench, Some("ch11-deadlocks.md#more"));
    }

    #[test]
    fn what_the_book_does_not_show_has_no_link() {
        leads(
            "crates/ch11-deadlocks/src/kept_sender",
            "ch11 kept-sender",
            None,
        );
        leads(
            "exercises/ch11-deadlocks/job-queue",
            "exercise ch11/job-queue",
            None,
        );
        leads(
            "crates/explore/src/lib.rs",
            "crates/explore/src/lib.rs",
            None,
        );
    }

    #[test]
    fn a_refused_example_is_found_on_any_page() {
        let workshop = workshop();
        let chapter = workshop.chapter("ch11").expect("ch11");
        let name = chapter.refused.first().expect("a refused example");
        let text = format!("# Refused\n{{{{#refused ch11/{name}}}}}\n");
        let path = "reference/refused.md";
        let pages = [Page::parse(path, "x", &text, &mut Problems::default())];
        let places = Places::on(&workshop, &pages);
        let place = places.find(&format!("crates/ch11-deadlocks/refused/{name}.rs"));
        let target = format!("reference/refused.md#refused-{}", dashes(name));
        assert_eq!(place.target, Some(target));
    }

    #[test]
    fn a_place_is_named_once() {
        let (workshop, pages) = (workshop(), pages());
        let places = Places::on(&workshop, &pages);
        let paths = [
            "exercises/ch11-deadlocks/transfer",
            "solutions/ch11-deadlocks/transfer/wrong",
        ];
        assert_eq!(places.of_row(&paths.map(str::to_owned)).len(), 1);
    }
}

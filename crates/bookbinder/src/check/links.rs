//! Links: every one leads to a page that is there, and to an id that is in it.

use super::Finding;
use super::address::Address;
use super::html::{Document, Element};
use super::output::Output;

/// Ids that a browser knows without a page.
const BUILT_IN: [&str; 1] = ["top"];

/// Looks at every `<a>` of a page.
pub fn check(output: &Output, file: &str, page: &Document, found: &mut Vec<Finding>) {
    // 404.html is shown at any address, and says that it stands at the root.
    let base = page.elements().find(|(_, element)| element.name == "base");
    let from = match base.and_then(|(_, base)| base.get("href")) {
        Some(_) => file.rsplit('/').next().unwrap_or(file),
        None => file,
    };
    for (_, element) in page.elements() {
        let link = matches!(element.name.as_str(), "a" | "area");
        let address = ["href", "xlink:href"]
            .iter()
            .find_map(|name| element.get(name));
        let Some(address) = address.filter(|_| link) else {
            continue;
        };
        if let Some(what) = dead(output, from, address) {
            found.push(finding(file, element, what, address));
        }
    }
}

fn dead(output: &Output, from: &str, address: &str) -> Option<String> {
    let (target, fragment) = match Address::read(from, address) {
        Address::Inside { file, fragment } => (file, fragment),
        Address::Bad(why) => return Some(format!("the link `{address}`: {why}")),
        Address::Data => return Some(format!("the link `{address}` leads nowhere")),
        Address::Outside | Address::Mail => return None,
    };
    if !output.files.contains(&target) {
        return Some(format!(
            "the link `{address}`: there is no {target} in the book"
        ));
    }
    let fragment = fragment.filter(|id| !BUILT_IN.contains(&id.as_str()))?;
    let page = output.pages.get(&target)?;
    if page.has_id(&fragment) {
        return None;
    }
    let near =
        nearest(page, &fragment).map_or(String::new(), |id| format!("; did you mean #{id}?"));
    Some(format!(
        "the link `{address}`: nothing in {target} has the id `{fragment}`{near}"
    ))
}

/// The id that looks most like the one that is missing.
fn nearest<'a>(page: &'a Document, wanted: &str) -> Option<&'a str> {
    let plain = |id: &str| id.to_lowercase().replace(['_', '.'], "-");
    let wanted = plain(wanted);
    let ids = page.ids().map(|(id, _)| id);
    let (shared, id) = ids
        .map(|id| (shared_letters(&plain(id), &wanted), id))
        .max_by_key(|(n, _)| *n)?;
    (shared * 2 >= wanted.len().max(6)).then_some(id)
}

/// How many letters two ids share at their beginnings and their ends.
fn shared_letters(one: &str, other: &str) -> usize {
    let pairs = one.bytes().zip(other.bytes());
    let front = pairs.take_while(|(a, b)| a == b).count();
    let pairs = one.bytes().rev().zip(other.bytes().rev());
    let back = pairs.take_while(|(a, b)| a == b).count();
    (front + back).min(one.len().min(other.len()))
}

fn finding(file: &str, element: &Element, what: String, address: &str) -> Finding {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let trace = match fragment {
        "" => path.trim_end_matches(".html").to_owned(),
        fragment => format!("#{fragment}"),
    };
    Finding {
        file: file.to_owned(),
        line: element.line,
        what,
        trace: Some(trace),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{accepts, found, page, rejects};

    #[test]
    fn a_dead_link_is_rejected() {
        rejects("<a href='b.html'>b</a>", "there is no b.html in the book");
        rejects(
            "<a href='#nowhere'>x</a>",
            "nothing in a.html has the id `nowhere`",
        );
        rejects(
            "<a href='/a.html'>x</a>",
            "starts at the root of the server",
        );
        rejects("<a href='../a.html'>x</a>", "leads out of the book");
        rejects("<a href='javascript:go()'>x</a>", "a script is no address");
        rejects(
            "<svg aria-label='x'><a xlink:href='#no'><path/></a></svg>",
            "the id `no`",
        );
    }

    #[test]
    fn a_near_id_is_named() {
        rejects(
            "<h2 id='lost-wakeup'>L</h2><a href='#lost_wakeup'>x</a>",
            "did you mean #lost-wakeup?",
        );
        rejects(
            "<h2 id='lost-wakeup'>L</h2><a href='#lost-wakeups'>x</a>",
            "did you mean #lost-wakeup?",
        );
    }

    #[test]
    fn a_link_that_leads_somewhere_is_accepted() {
        accepts("<a href='#t'>x</a><a href='a.html#t'>x</a><a href='#'>x</a><a href='#top'>x</a>");
        accepts("<a href='https://go.dev/ref/mem'>outside</a><a name='x'>y</a>");
        let (one, two) = (
            page("<a href='t/b.html#t'>x</a>"),
            page("<a href='../a.html'>x</a>"),
        );
        assert!(found(&[("a.html", &one), ("t/b.html", &two)]).is_empty());
    }

    #[test]
    fn a_page_with_a_base_is_read_from_there() {
        let page = "<base href='/'><main><h1>Lost</h1><a href='a.html'>x</a></main>";
        assert!(found(&[("a.html", "<main><h1>A</h1></main>"), ("404.html", page)]).is_empty());
        let wrong = page.replace("a.html", "b.html");
        assert_eq!(found(&[("404.html", &wrong)]).len(), 1);
    }
}

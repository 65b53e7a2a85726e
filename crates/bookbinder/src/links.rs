//! The book as it was written: links that lead nowhere, and what would have to come from a network.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::page::Page;
use crate::problem::Problems;

/// All pages in one; it repeats what the others say.
const REPEATS: [&str; 2] = ["print.html", "toc.html"];

/// What a page of the output holds.
#[derive(Debug, Default)]
struct Facts {
    ids: BTreeSet<String>,
    twice: BTreeSet<String>,
    /// Addresses of `href` and `src`, and whether the page needs what is there to be shown.
    links: BTreeSet<(String, bool)>,
    without_alternative: usize,
}

/// Checks the output in `out` and adds what is wrong with the page that it comes from.
///
/// # Errors
/// When the output cannot be read.
pub fn check(out: &Path, pages: &[Page], problems: &mut Problems) -> Result<()> {
    let mut all: BTreeMap<String, Facts> = BTreeMap::new();
    for path in files(out)? {
        let name = path.strip_prefix(out).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        let read = || fs::read_to_string(&path).with_context(|| path.display().to_string());
        if name.ends_with(".html") && !REPEATS.contains(&name.as_str()) {
            all.insert(name, facts(&read()?));
        } else if name.ends_with(".css") {
            for address in imported(&read()?).filter(|address| is_remote(address)) {
                problems.add(
                    name.clone(),
                    0,
                    format!("it loads {address} from the network"),
                );
            }
        }
    }
    for (name, facts) in &all {
        let source = Source::of(name, pages);
        for id in &facts.twice {
            let what = format!("the id `{id}` is given twice on this page");
            problems.add(source.file(), source.line(&format!("#{id}")), what);
        }
        if facts.without_alternative > 0 {
            problems.add(source.file(), 0, "a picture has no text alternative");
        }
        for (address, needed) in &facts.links {
            if let Some(what) = wrong(out, &all, name, address, *needed) {
                problems.add(source.file(), source.line(address), what);
            }
        }
    }
    Ok(())
}

/// What is wrong with an address on a page.
fn wrong(
    out: &Path,
    all: &BTreeMap<String, Facts>,
    page: &str,
    address: &str,
    needed: bool,
) -> Option<String> {
    if is_remote(address) {
        return needed.then(|| format!("{address} would be loaded from the network"));
    }
    let has_scheme = address
        .split(['/', '#', '?'])
        .next()
        .is_some_and(|s| s.contains(':'));
    if has_scheme {
        return None;
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = path.split('?').next().unwrap_or_default();
    let target = if path.is_empty() {
        page.to_owned()
    } else {
        resolved(page, path)
    };
    let target = if target.is_empty() || target.ends_with('/') {
        format!("{target}index.html")
    } else {
        target
    };
    if REPEATS.contains(&target.as_str()) {
        return None;
    }
    match all.get(&target) {
        Some(facts) if fragment.is_empty() || facts.ids.contains(fragment) => None,
        Some(_) => Some(format!(
            "there is no `#{fragment}` on {}",
            target.replace(".html", ".md")
        )),
        None if out.join(&target).is_file() => None,
        None => Some(format!("the link to {address} leads nowhere")),
    }
}

fn is_remote(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    ["http:", "https:", "//"]
        .iter()
        .any(|s| address.starts_with(s))
}

/// A relative path from a page, from the root of the book.
fn resolved(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if path.ends_with('/') && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    format!("{}{slash}", parts.join("/"))
}

/// The page that a file of the output comes from.
struct Source<'p> {
    page: Option<&'p Page>,
    name: String,
}

impl<'p> Source<'p> {
    fn of(name: &str, pages: &'p [Page]) -> Source<'p> {
        let is_it = |page: &&Page| {
            let html = page.path.replace("README.md", "index.md");
            html.trim_end_matches(".md") == name.trim_end_matches(".html")
        };
        Source {
            page: pages.iter().find(is_it),
            name: name.to_owned(),
        }
    }

    fn file(&self) -> String {
        self.page.map_or_else(|| self.name.clone(), Page::file)
    }

    /// The line that has this address, as its author may have written it; 0 where none has.
    fn line(&self, address: &str) -> usize {
        let Some(page) = self.page else { return 0 };
        let written = [
            address.replace(".html", ".md"),
            address
                .replace("index.html", "README.md")
                .replace(".html", ".md"),
            address.to_owned(),
        ];
        let has = |line: &&String| {
            let at = written
                .iter()
                .filter_map(|a| Some((a, line.find(a.as_str())?)));
            at.into_iter().any(|(a, at)| {
                let after = line[at + a.len()..].chars().next();
                !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '#'))
            })
        };
        page.lines
            .iter()
            .position(|line| has(&line))
            .map_or(0, |index| index + 1)
    }
}

fn files(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(directory) = open.pop() {
        let context = || format!("cannot read {}", directory.display());
        for entry in fs::read_dir(&directory).with_context(context)? {
            let path = entry.with_context(context)?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The addresses that a style sheet loads.
fn imported(css: &str) -> impl Iterator<Item = &str> {
    let urls = css
        .split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let imports = css
        .split("@import")
        .skip(1)
        .filter_map(|rest| rest.split(';').next());
    urls.chain(imports)
        .map(|address| address.trim().trim_matches(['"', '\'']))
}

fn facts(html: &str) -> Facts {
    let sink = Collect(RefCell::default());
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.take()
}

struct Collect(RefCell<Facts>);

impl TokenSink for Collect {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        self.0.borrow_mut().look_at(&tag);
        match &*tag.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Facts {
    fn look_at(&mut self, tag: &Tag) {
        let mut has_alternative = false;
        for attribute in &tag.attrs {
            let value = attribute.value.to_string();
            match &*attribute.name.local {
                "id" => {
                    if !self.ids.insert(value.clone()) {
                        self.twice.insert(value);
                    }
                }
                "href" => {
                    self.links.insert((value, &*tag.name != "a"));
                }
                "src" | "poster" | "data" => {
                    self.links.insert((value, true));
                }
                "alt" => has_alternative = true,
                _ => {}
            }
        }
        if &*tag.name == "img" && !has_alternative {
            self.without_alternative += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_path_leads() {
        let cases = [
            ("a.html", "b.html", "b.html"),
            ("x/a.html", "../b.html", "b.html"),
            ("x/a.html", "b.html", "x/b.html"),
            ("x/a.html", "./", "x/"),
            ("a.html", "../../b", "b"),
            ("x/a.html", "/c.html", "c.html"),
        ];
        for (page, path, target) in cases {
            assert_eq!(resolved(page, path), target, "{page} {path}");
        }
    }
}

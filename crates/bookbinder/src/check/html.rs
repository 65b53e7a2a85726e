//! A page of HTML as a list of its elements, parsed by html5ever's tokenizer.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements that have no end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// A parsed page.
#[derive(Debug, Default)]
pub struct Document {
    /// The elements, in the order of their start tags.
    elements: Vec<Element>,
    /// All text, in order.
    text: String,
    ids: HashSet<String>,
}

/// One element.
#[derive(Debug)]
pub struct Element {
    /// Its name, in small letters.
    pub name: String,
    /// The line of its start tag.
    pub line: usize,
    attributes: Vec<(String, String)>,
    parent: Option<usize>,
    text: Range<usize>,
    /// The index behind its last descendant.
    end: usize,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(key, _)| key == name)?;
        Some(value)
    }

    /// The value of an attribute that says something.
    pub fn says(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !value.trim().is_empty())
    }

    /// Its attributes with their values.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.attributes.iter();
        attributes.map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Document {
    /// Parses a page. As in a browser, every text is a page.
    pub fn parse(html: &str) -> Self {
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        let builder = Builder::default();
        let tokenizer = Tokenizer::new(builder, TokenizerOpts::default());
        // Only scripts and encodings stop it, and the builder asks for neither.
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        let mut tree = tokenizer.sink.tree.into_inner();
        tree.close_down_to(0);
        tree.document
    }

    /// The elements in order, with their places.
    pub fn elements(&self) -> impl Iterator<Item = (usize, &Element)> {
        self.elements.iter().enumerate()
    }

    /// What stands inside an element.
    pub fn inside(&self, at: usize) -> impl Iterator<Item = (usize, &Element)> {
        let end = self.elements[at].end;
        (at + 1..end).map(|at| (at, &self.elements[at]))
    }

    /// What stands inside `<main>`: what the author of a page answers for.
    pub fn main(&self) -> impl Iterator<Item = (usize, &Element)> {
        let main = self.elements().find(|(_, element)| element.name == "main");
        main.into_iter().flat_map(|(main, _)| self.inside(main))
    }

    /// What an element stands in, from the inside out.
    pub fn around(&self, at: usize) -> impl Iterator<Item = &Element> {
        let mut parent = self.elements[at].parent;
        std::iter::from_fn(move || {
            let element = &self.elements[parent?];
            parent = element.parent;
            Some(element)
        })
    }

    /// All the text inside an element.
    pub fn text(&self, element: &Element) -> &str {
        &self.text[element.text.clone()]
    }

    /// Whether an element has this id.
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = (&str, &Element)> {
        let elements = self.elements.iter();
        elements.filter_map(|element| Some((element.get("id")?, element)))
    }
}

#[derive(Default)]
struct Builder {
    tree: RefCell<Tree>,
}

#[derive(Default)]
struct Tree {
    document: Document,
    open: Vec<usize>,
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut tree = self.tree.borrow_mut();
        match token {
            Token::CharacterTokens(text) => tree.document.text.push_str(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                return tree.start(&tag, usize::try_from(line).unwrap_or(0));
            }
            Token::TagToken(tag) => tree.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Tree {
    fn start(&mut self, tag: &Tag, line: usize) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let at = self.document.elements.len();
        let here = self.document.text.len();
        let attributes = tag.attrs.iter();
        let id = tag.attrs.iter().find(|attr| &*attr.name.local == "id");
        self.document.ids.extend(id.map(|id| id.value.to_string()));
        self.document.elements.push(Element {
            name: name.to_owned(),
            line,
            attributes: attributes
                .map(|attr| (attr.name.local.to_string(), attr.value.to_string()))
                .collect(),
            parent: self.open.last().copied(),
            text: here..here,
            end: at + 1,
        });
        // `<div/>` is not over in HTML; `<path/>` inside an svg is.
        let over = VOID.contains(&name) || tag.self_closing && self.in_svg(name);
        if !over {
            self.open.push(at);
        }
        match name {
            _ if over => TokenSinkResult::Continue,
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" if !self.in_svg(name) => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" if !self.in_svg(name) => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn in_svg(&self, name: &str) -> bool {
        let mut open = self.open.iter();
        name == "svg" || open.any(|&at| self.document.elements[at].name == "svg")
    }

    fn end(&mut self, name: &str) {
        let mut open = self.open.iter();
        if let Some(depth) = open.rposition(|&at| self.document.elements[at].name == name) {
            self.close_down_to(depth);
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        let (text, end) = (self.document.text.len(), self.document.elements.len());
        for at in self.open.drain(depth..) {
            self.document.elements[at].text.end = text;
            self.document.elements[at].end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html>\n<main id=top><p>One <em>two</em><br>three\n\
        <svg><path d='x'/><title>A picture</title></svg></p>\n\
        <script>if (a < b) { '<p id=no>' }</script><p class='x' hidden>four</main>";

    #[test]
    fn elements_know_their_text_their_line_and_what_is_around_them() {
        let page = Document::parse(PAGE);
        let names: Vec<&str> = page.elements().map(|(_, e)| e.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "main", "p", "em", "br", "svg", "path", "title", "script", "p"
            ]
        );
        let (em, element) = page.elements().nth(2).expect("em");
        assert_eq!((page.text(element), element.line), ("two", 2));
        let around: Vec<&str> = page.around(em).map(|e| e.name.as_str()).collect();
        assert_eq!(around, ["p", "main"]);
        let (svg, element) = page.elements().nth(4).expect("svg");
        assert_eq!((page.text(element), element.line), ("A picture", 3));
        assert_eq!(page.inside(svg).count(), 2);
        let ids: Vec<&str> = page.ids().map(|(id, _)| id).collect();
        assert_eq!(ids, ["top"]);
        let (_, last) = page.elements().last().expect("p");
        assert!(last.get("hidden").is_some() && !last.says("hidden"));
        assert_eq!(last.attributes().count(), 2);
    }
}

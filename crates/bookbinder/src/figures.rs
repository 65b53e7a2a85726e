//! Figures that mdBook does not get to see.
//!
//! A picture is a hundred elements and its schedule in words a dozen, a graph is 50 kB of JSON: mdBook
//! would parse them twice, and fill the search with them. So it gets a comment in their place, and
//! they are put in once the pages are written.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const BEGIN: &str = "<!--figure ";
const END: &str = "-->";

/// The page with all pages in it.
const PRINT: &str = "print.html";

/// All figures of the book.
#[derive(Debug, Default)]
pub struct Figures(Vec<Figure>);

/// A figure on the screen and on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Its id, with which all ids in it begin.
    pub id: String,
    /// All of it.
    pub html: String,
    /// What is shown on the page for printing, if that is something else.
    pub on_paper: Option<String>,
}

impl Figures {
    /// The comment that stands for a figure in the Markdown.
    pub fn add(&mut self, figure: Figure) -> String {
        self.0.push(figure);
        format!("{BEGIN}{}{END}", self.0.len() - 1)
    }

    /// Puts the figures into the pages in `out`.
    ///
    /// # Errors
    /// When a page cannot be read or written.
    pub fn put_into(&self, out: &Path, pages: impl IntoIterator<Item = String>) -> Result<()> {
        for page in pages.into_iter().chain([PRINT.to_owned()]) {
            let path = out.join(&page);
            if !path.is_file() {
                continue;
            }
            let context = || format!("cannot put pictures into {}", path.display());
            let html = fs::read_to_string(&path).with_context(context)?;
            if html.contains(BEGIN) {
                fs::write(&path, self.filled(&html, page == PRINT)).with_context(context)?;
            }
        }
        Ok(())
    }

    fn filled(&self, html: &str, for_print: bool) -> String {
        let mut out = String::with_capacity(2 * html.len());
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut parts = html.split(BEGIN);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (number, rest) = part.split_once(END).unwrap_or(("", part));
            let figure = number.parse().ok().and_then(|n: usize| self.0.get(n));
            match figure {
                Some(figure) if for_print => {
                    let times = seen.entry(&figure.id).or_default();
                    *times += 1;
                    out.push_str(&figure.printed(*times));
                }
                Some(figure) => out.push_str(&figure.html),
                // Somebody has written a comment of this kind.
                None => out.push_str(&format!("{BEGIN}{number}{END}")),
            }
            out.push_str(rest);
        }
        out
    }
}

impl Figure {
    /// The figure on paper; if two pages have it, with other ids the second time.
    fn printed(&self, times: usize) -> String {
        let html = self.on_paper.as_ref().unwrap_or(&self.html);
        match times {
            0 | 1 => html.clone(),
            times => html.replace(&self.id, &format!("{}-print{times}", self.id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_takes_the_place_of_its_comment() {
        let mut figures = Figures::default();
        let comment = figures.add(Figure {
            id: "f".into(),
            html: "<i id=\"f\">play</i>".into(),
            on_paper: Some("<b id=\"f\">look</b>".into()),
        });
        let page = format!("a{comment}b{comment}c<!--figure 7-->");
        assert_eq!(
            figures.filled(&page, false),
            "a<i id=\"f\">play</i>b<i id=\"f\">play</i>c<!--figure 7-->"
        );
        assert_eq!(
            figures.filled(&page, true),
            "a<b id=\"f\">look</b>b<b id=\"f-print2\">look</b>c<!--figure 7-->"
        );
    }
}

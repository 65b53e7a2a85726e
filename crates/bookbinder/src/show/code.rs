//! Code from the crates.

use anyhow::{Context, Result};

use crate::html;
use crate::rust::{self, Extract};
use crate::workshop::{Pair, Version, Workshop};

/// One of the programs of a pair, or some items of it.
pub fn program(
    workshop: &Workshop,
    pair: &Pair,
    version: Version,
    items: &[String],
) -> Result<String> {
    let file = pair.file(version);
    let source = workshop.read(&file)?;
    let extracts = if items.is_empty() {
        vec![rust::program(&source)]
    } else {
        let items = items.iter();
        let items: Result<Vec<Extract>> = items.map(|i| rust::named(&source, i)).collect();
        items.with_context(|| file.clone())?
    };
    let figure = Figure {
        class: version.name(),
        file: &file,
        extracts: &extracts,
        marked: None,
        caption: html::escape(&file),
    };
    Ok(figure.html())
}

/// A figure with code.
pub struct Figure<'f> {
    /// `broken`, `fixed` or `refused`.
    pub class: &'static str,
    /// Where the code comes from.
    pub file: &'f str,
    /// What is shown of it.
    pub extracts: &'f [Extract],
    /// The line that is marked, counted from 1 in what is shown.
    pub marked: Option<usize>,
    /// As HTML.
    pub caption: String,
}

impl Figure<'_> {
    /// The figure around a block of code in Markdown.
    pub fn html(&self) -> String {
        let lines = self.extracts.iter();
        let lines = lines.map(|extract| format!("{}-{}", extract.first, extract.last()));
        let lines = lines.collect::<Vec<_>>().join(",");
        let code: Vec<&str> = self.extracts.iter().map(|e| e.text.as_str()).collect();
        let code = html::fence("rust", &code.join("\n"));
        let (class, file) = (self.class, html::escape(self.file));
        let marked = self.marked;
        let marked = marked.map_or_else(String::new, |line| format!(" data-line=\"{line}\""));
        html::around(
            &format!(
                "<figure class=\"code {class}\" data-file=\"{file}\" data-lines=\"{lines}\"{marked}>"
            ),
            &format!(
                "{}\n\n{code}\n\n<figcaption>{}</figcaption>",
                self.numbers(),
                self.caption
            ),
        )
    }

    /// The numbers of the lines, which pictures speak of. They stand beside the code and are not
    /// part of it, so that nobody copies them or hears them read.
    fn numbers(&self) -> String {
        let extracts = self.extracts.iter().map(|extract| {
            let numbers = (extract.first..=extract.last()).map(|line| line.to_string());
            numbers.collect::<Vec<_>>().join("\n")
        });
        let numbers = extracts.collect::<Vec<_>>().join("\n\n");
        format!("<pre class=\"numbers\" aria-hidden=\"true\">{numbers}</pre>")
    }
}

/// What stands in the place of `{{#include FILE:NAME}}` in a block of code.
pub fn include(
    workshop: &Workshop,
    language: &str,
    file: &str,
    name: Option<&str>,
) -> Result<String> {
    let source = workshop.read(file)?;
    let text = match name {
        Some(name) => {
            rust::named(&source, name)
                .with_context(|| file.to_owned())?
                .text
        }
        None => rust::program(&source).text,
    };
    Ok(if language == "rust" {
        html::nothing_hidden(&text)
    } else {
        text
    })
}

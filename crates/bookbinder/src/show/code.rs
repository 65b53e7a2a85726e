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
    Ok(figure(
        version.name(),
        &file,
        &extracts,
        &html::escape(&file),
    ))
}

/// A figure with code; `caption` is HTML.
pub fn figure(class: &str, file: &str, extracts: &[Extract], caption: &str) -> String {
    let lines: Vec<String> = extracts
        .iter()
        .map(|e| format!("{}-{}", e.first, e.last()))
        .collect();
    let code: Vec<&str> = extracts.iter().map(|e| e.text.as_str()).collect();
    let file = html::escape(file);
    let code = html::fence("rust", &code.join("\n"));
    let caption = format!("<figcaption>{caption}</figcaption>");
    let open = format!(
        "<figure class=\"code {class}\" data-file=\"{file}\" data-lines=\"{}\">",
        lines.join(",")
    );
    html::around(&open, &format!("{code}\n\n{caption}"))
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

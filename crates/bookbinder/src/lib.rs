//! Turns `book/` and what the checks found into a book that can be read offline.
//!
//! A page is Markdown with directives (see [`directive`]) that show code from the crates, pictures
//! of the schedules that the checks found, and the difference between a broken program and its
//! mend. mdBook makes HTML of it. Nothing is compiled or run here: what is shown comes from the
//! files of the workshop and from one file of [`evidence`].
//!
//! Whatever is wrong is told with its page and line, all of it at once: an item that is not there,
//! a check that did not come out as its pair states, a chapter that leaves something out, a link
//! that leads nowhere, and what mdBook itself only warns of.

pub mod bundle;
pub mod check;
pub mod complete;
pub mod defined;
pub mod directive;
pub mod evidence;
pub mod figures;
pub mod front;
pub mod generated;
pub mod html;
pub mod listed;
pub mod open;
pub mod page;
pub mod problem;
pub mod render;
pub mod rust;
pub mod serve;
pub mod show;
pub mod site;
mod warnings;
pub mod workshop;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::{BookItem, Chapter};
use mdbook_driver::config::Config;

use crate::evidence::Evidence;
use crate::figures::Figures;
use crate::generated::Rows;
use crate::page::Page;
use crate::problem::{Problem, Problems};
use crate::site::Site;
use crate::workshop::Workshop;

/// What to build, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The root of the workshop.
    pub root: PathBuf,
    /// The file that `cargo xtask book` writes.
    pub evidence: PathBuf,
    /// Where the HTML goes. What is there is replaced.
    pub out: PathBuf,
}

/// Builds the book as far as it can be built, and returns all that is wrong with it.
///
/// # Errors
/// When it cannot be built at all.
pub fn build(options: &Options) -> Result<Vec<Problem>> {
    let workshop = Workshop::open(&options.root)?;
    let evidence = Evidence::read(&options.evidence)?;
    let mut problems = Problems::default();
    let config = config(options)?;
    listed::check(&options.root.join("book"), &config, &mut problems);
    if !problems.is_empty() {
        // mdBook would stop at the first of them.
        return Ok(problems.sorted());
    }
    let mut book = MDBook::load_with_config(options.root.join("book"), config)?;
    let chapters = book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    });
    let mut pages = Vec::new();
    for chapter in chapters {
        if let Some(path) = source_of(chapter) {
            let page = Page::parse(&path, &chapter.name, &chapter.content, &mut problems);
            defined::check(&page, &mut problems);
            pages.push(page);
        }
    }
    unlisted(
        &options.root.join("book").join("src"),
        &pages,
        &mut problems,
    )?;
    let rows = Rows::load(&workshop, &mut problems);
    let site = Site {
        workshop: &workshop,
        evidence: &evidence,
        pages: &pages,
        rows: &rows,
    };
    complete::check(&site, &mut problems);
    let mut figures = Figures::default();
    let render = |page| (page, render::page(&site, page, &mut figures, &mut problems));
    let rendered: Vec<(&Page, String)> = pages.iter().map(render).collect();
    book.book.for_each_chapter_mut(|chapter| {
        let path = source_of(chapter);
        let found = rendered
            .iter()
            .find(|(page, _)| Some(&page.path) == path.as_ref());
        if let Some((_, content)) = found {
            chapter.content.clone_from(content);
        }
    });
    warnings::heard(&pages, &mut problems, || book.build())?;
    figures.put_into(&options.out, pages.iter().map(Page::output))?;
    check::output(&options.out, &site, &mut problems);
    Ok(problems.sorted())
}

fn config(options: &Options) -> Result<Config> {
    let config = options.root.join("book").join("book.toml");
    let mut config =
        Config::from_disk(&config).with_context(|| format!("cannot use {}", config.display()))?;
    config.build.build_dir = std::path::absolute(&options.out)?;
    // A page that is missing is an error, and not an empty page.
    config.build.create_missing = false;
    Ok(config)
}

/// The file of a chapter, relative to `book/src`, with `/` between its parts.
fn source_of(chapter: &Chapter) -> Option<String> {
    let path = chapter.source_path.as_ref()?;
    Some(path.to_string_lossy().replace('\\', "/"))
}

/// Pages that nobody can come to.
fn unlisted(directory: &Path, pages: &[Page], problems: &mut Problems) -> Result<()> {
    let mut open = vec![directory.to_path_buf()];
    while let Some(at) = open.pop() {
        let context = || format!("cannot read {}", at.display());
        for entry in fs::read_dir(&at).with_context(context)? {
            let path = entry.with_context(context)?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(directory).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            let is_page = name.to_lowercase().ends_with(".md") && name != "SUMMARY.md";
            if is_page && !pages.iter().any(|page| page.path == name) {
                problems.add(
                    format!("book/src/{name}"),
                    0,
                    "SUMMARY.md does not list this page",
                );
            }
        }
    }
    Ok(())
}

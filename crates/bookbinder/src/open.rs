//! `open`: shows the book in the browser that the user prefers.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// Shows a finished book.
///
/// # Errors
/// When it is not there, or there is no browser.
pub fn book(out: &Path) -> Result<()> {
    let page = out.join("index.html");
    if !page.is_file() {
        bail!(
            "there is no book at {}; `cargo xtask book` makes it",
            out.display()
        );
    }
    open::that_detached(&page).with_context(|| no_browser(&page.display().to_string()))
}

/// Shows what is at an address.
///
/// # Errors
/// When there is no browser.
pub fn address(url: &str) -> Result<()> {
    open::that_detached(url).with_context(|| no_browser(url))
}

fn no_browser(what: &str) -> String {
    format!("no browser could be started; open {what} yourself")
}

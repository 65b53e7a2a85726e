//! Which programs the pages let the reader play. Only of these is the graph of all schedules
//! wanted: to make one takes longer than the check itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files;
use crate::workshop::Workshop;

/// The checks, each with its chapter: `("ch11-deadlocks", "lost_wakeup::broken")`.
pub struct Played(BTreeSet<(String, String)>);

impl Played {
    /// Looks through the pages for `{{#play PAIR}}`.
    ///
    /// # Errors
    /// When a page cannot be read.
    pub fn find(workshop: &Workshop) -> Result<Self> {
        let mut played = BTreeSet::new();
        for page in files::below(&workshop.root.join("book").join("src"), &|_| false)? {
            if page.extension().is_some_and(|extension| extension == "md") {
                let text =
                    fs::read(&page).with_context(|| format!("cannot read {}", page.display()))?;
                // Who makes the page tells what is no text.
                let text = String::from_utf8_lossy(&text);
                let pairs = text.lines().filter_map(pair);
                played.extend(pairs.filter_map(|pair| check(workshop, &page, pair)));
            }
        }
        Ok(Self(played))
    }

    /// The checks of one chapter.
    pub fn of(&self, chapter: &str) -> Vec<String> {
        let own = self.0.iter().filter(|(of, _)| of == chapter);
        own.map(|(_, check)| check.clone()).collect()
    }
}

/// The pair that a line of a page lets the reader play.
fn pair(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    let pair = inside.trim_start().strip_prefix("#play ")?;
    Some(pair.trim())
}

/// A pair without a chapter is one of the chapter that the page is about. What is not there is
/// told by whoever makes the page.
fn check(workshop: &Workshop, page: &Path, pair: &str) -> Option<(String, String)> {
    let stem = page.file_stem()?.to_string_lossy();
    let (chapter, pair) = pair.split_once('/').unwrap_or((&stem, pair));
    let chapters = &workshop.chapters;
    let chapter = chapters
        .iter()
        .find(|known| known.id == chapter || known.dir_name == chapter)?;
    Some((chapter.dir_name.clone(), format!("{pair}::broken")))
}

#[cfg(test)]
mod tests {
    use super::pair;

    #[test]
    fn only_a_line_of_its_own_is_a_directive() {
        assert_eq!(pair("{{#play lost_wakeup}}"), Some("lost_wakeup"));
        assert_eq!(
            pair("  {{#play ch11/lost_wakeup }}"),
            Some("ch11/lost_wakeup")
        );
        assert_eq!(pair("{{ #play lost_wakeup }}"), Some("lost_wakeup"));
        assert_eq!(pair("see {{#play lost_wakeup}}"), None);
        assert_eq!(pair("{{#picture lost_wakeup}}"), None);
    }
}

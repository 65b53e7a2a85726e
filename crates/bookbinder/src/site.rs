//! All that a page may want to know.

use anyhow::{Result, anyhow, bail};

use crate::evidence::Evidence;
use crate::generated::Rows;
use crate::page::Page;
use crate::workshop::{Chapter, Pair, Workshop};

/// The workshop, what its checks found, and the pages.
#[derive(Debug)]
pub struct Site<'a> {
    /// The files.
    pub workshop: &'a Workshop,
    /// What the checks found.
    pub evidence: &'a Evidence,
    /// All pages, in the order of the table of contents.
    pub pages: &'a [Page],
    /// What there is to be taught, and where it is.
    pub rows: &'a Rows,
}

impl Site<'_> {
    /// The page whose front matter names this crate.
    #[must_use]
    pub fn page_of_crate(&self, crate_name: &str) -> Option<&Page> {
        let named = |p: &&Page| p.front.as_ref().is_some_and(|f| f.crate_name == crate_name);
        self.pages.iter().find(named)
    }

    /// The chapter that a page is about.
    #[must_use]
    pub fn chapter_of(&self, page: &Page) -> Option<&Chapter> {
        let name = page.path.strip_suffix(".md")?;
        self.workshop.chapters.iter().find(|c| c.name == name)
    }

    /// The pair that a page calls `name`: `lost_wakeup` in its chapter, `ch11/lost_wakeup`
    /// elsewhere.
    ///
    /// # Errors
    /// When there is no such pair.
    pub fn pair(&self, page: &Page, name: &str) -> Result<Pair<'_>> {
        let (chapter, name) = self.of_chapter(page, name, "pair")?;
        chapter.pair(name).ok_or_else(|| {
            let pairs = chapter.pairs.join(", ");
            anyhow!("{} has no pair `{name}`; it has {pairs}", chapter.name)
        })
    }

    /// The refused example that a page calls `name`: its chapter, and its own name.
    ///
    /// # Errors
    /// When there is no such example.
    pub fn refused(&self, page: &Page, name: &str) -> Result<(&Chapter, &str)> {
        let (chapter, name) = self.of_chapter(page, name, "refused example")?;
        let name = name.replace('-', "_");
        match chapter.refused.iter().find(|r| **r == name) {
            Some(name) => Ok((chapter, name)),
            None => bail!(
                "{} has no refused example `{name}`; it has {}",
                chapter.name,
                chapter.refused.join(", ")
            ),
        }
    }

    /// The exercise that a page calls `name`: its chapter, and its own name.
    ///
    /// # Errors
    /// When there is no such exercise.
    pub fn exercise(&self, page: &Page, name: &str) -> Result<(&Chapter, &str)> {
        let (chapter, name) = self.of_chapter(page, name, "exercise")?;
        match chapter.exercises.iter().find(|e| *e == name) {
            Some(name) => Ok((chapter, name)),
            None => bail!(
                "{} has no exercise `{name}`; it has {}",
                chapter.name,
                chapter.exercises.join(", ")
            ),
        }
    }

    fn of_chapter<'n>(
        &self,
        page: &Page,
        name: &'n str,
        what: &str,
    ) -> Result<(&Chapter, &'n str)> {
        if let Some((chapter, name)) = name.split_once('/') {
            let Some(chapter) = self.workshop.chapter(chapter) else {
                bail!("there is no chapter `{chapter}`");
            };
            return Ok((chapter, name));
        }
        let Some(chapter) = self.chapter_of(page) else {
            bail!("this page belongs to no chapter: name the {what} as `ch03/{name}`");
        };
        Ok((chapter, name))
    }
}

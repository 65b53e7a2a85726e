//! `verify`: the workshop's own conscience.
//!
//! | module | asks |
//! |---|---|
//! | [`suite`] | do the tests of the workspace pass? |
//! | [`answers`] | do pairs, stubs, solutions and wrong answers come out as they should? |
//! | [`sanity`] | has every exercise what it needs? |
//! | [`refused`] | does rustc refuse what it should, and for the stated reason? |
//! | [`ledger`] | does everything exist that the coverage ledger names? |

mod answers;
mod header;
mod ledger;
mod refused;
mod sanity;
mod suite;
mod tally;

use anyhow::Result;

use crate::cli;
use crate::selector;
use crate::terms::{Snapshots, Terms};
use crate::workshop::{Chapter, Workshop};
use tally::Tally;

/// Checks the workshop, or some chapters of it, and says whether all is well.
///
/// # Errors
/// When the runner cannot do its work.
pub fn verify(workshop: &Workshop, request: &cli::Verify) -> Result<bool> {
    let chapters: Vec<&Chapter> = if request.chapters.is_empty() {
        workshop.chapters.iter().collect()
    } else {
        let named = request
            .chapters
            .iter()
            .map(|text| selector::chapter(workshop, text));
        named.collect::<Result<_>>()?
    };
    let snapshots = if request.accept {
        Snapshots::Accept
    } else {
        Snapshots::Compare
    };
    let terms = Terms {
        limit: request.limit,
        snapshots,
    };
    let mut tally = Tally::new();
    if request.chapters.is_empty() {
        suite::verify(workshop, &mut tally)?;
        ledger::verify(workshop, &mut tally)?;
    }
    for chapter in chapters {
        tally.section(&chapter.dir_name);
        sanity::verify(workshop, chapter, &mut tally)?;
        refused::verify(workshop, chapter, &mut tally)?;
        answers::verify(workshop, chapter, terms, &mut tally)?;
    }
    Ok(tally.finish())
}

//! Pages that are made from data: schedules, the index of pitfalls, the coverage page.

use crate::front::Format;
use crate::page::Page;
use crate::problem::Problems;
use crate::site::Site;
use crate::workshop::Workshop;

/// The schedule of a workshop of this length.
pub fn schedule(_site: &Site, _page: &Page, format: Format, _problems: &mut Problems) -> String {
    format!("*The schedule of the {format} workshop is not generated yet.*")
}

/// All pitfalls, and where each is taught.
pub fn pitfalls(_site: &Site, _page: &Page, _problems: &mut Problems) -> String {
    "*The index of pitfalls is not generated yet.*".to_owned()
}

/// All rows, and where each is taught.
pub fn coverage(_site: &Site, _page: &Page, _problems: &mut Problems) -> String {
    "*The coverage is not generated yet.*".to_owned()
}

/// What the guides get wrong.
pub fn guides_wrong(_site: &Site, _page: &Page, _problems: &mut Problems) -> String {
    "*What the guides get wrong is not generated yet.*".to_owned()
}

/// What there is to be taught, and where it is.
#[derive(Debug)]
pub struct Rows;

impl Rows {
    /// Reads the ledger.
    pub fn load(_workshop: &Workshop, _problems: &mut Problems) -> Rows {
        Rows
    }

    /// A line of prose with its row ids as links.
    pub fn link(&self, _page: &Page, _line: usize, text: &str, _problems: &mut Problems) -> String {
        text.to_owned()
    }
}

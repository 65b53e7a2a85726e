//! The picture for a terminal: lanes as columns at the left, one line per step.

mod frame;
mod ink;
mod layout;
mod options;
mod rows;
mod symbols;

use std::fmt;

use crate::clean;
use crate::fold;
use crate::model::Timeline;
use crate::replay::Replay;
use crate::sections;
use rows::Sheet;

pub use options::Text;

impl Timeline {
    /// The picture for a terminal. Every line ends with a line break, and none is wider than
    /// `options` allow.
    #[must_use]
    pub fn text(&self, options: &Text) -> String {
        let mut timeline = clean::timeline(self, options.ascii);
        sections::join(&mut timeline);
        let replay = Replay::new(&timeline);
        let folded = fold::fold(&timeline, &replay);
        Sheet::new(&timeline, &replay, &folded, options).draw()
    }
}

/// The picture for a terminal in its default form: 100 columns, Unicode, no colour.
impl fmt::Display for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(&Text::default()))
    }
}

//! The symbols of a text picture, in Unicode and in ASCII, and the legend of those that occur.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::clean::to_ascii;

/// A space at which no line is broken; drawn as an ordinary one.
pub(super) const HARD_SPACE: &str = "\u{a0}";

/// What a symbol stands for, in the order of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Symbol {
    Step,
    Lost,
    Runs,
    Holds,
    Blocked,
    Fails,
}

pub(super) struct Symbols {
    ascii: bool,
    used: RefCell<BTreeSet<Symbol>>,
}

impl Symbols {
    pub(super) fn new(ascii: bool) -> Self {
        Symbols {
            ascii,
            used: RefCell::default(),
        }
    }

    fn pick(&self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { unicode }
    }

    fn shape(&self, symbol: Symbol) -> &'static str {
        match symbol {
            Symbol::Step => self.pick("●", "*"),
            Symbol::Lost => self.pick("○", "o"),
            Symbol::Runs => self.pick("│", "|"),
            Symbol::Holds => self.pick("┃", "#"),
            Symbol::Blocked => self.pick("┊", ":"),
            Symbol::Fails => self.pick("╳", "X"),
        }
    }

    /// The shape of a symbol, which is thereby used.
    pub(super) fn draw(&self, symbol: Symbol) -> &'static str {
        self.used.borrow_mut().insert(symbol);
        self.shape(symbol)
    }

    /// What the symbols mean that have been drawn. A line may break between two of them only.
    pub(super) fn legend(&self) -> String {
        let meaning = |symbol| match symbol {
            Symbol::Step => "step",
            Symbol::Lost => "step without effect",
            Symbol::Runs => "runs",
            Symbol::Holds => "holds a lock",
            Symbol::Blocked => "blocked",
            Symbol::Fails => "fails",
        };
        let used = self.used.borrow();
        let phrases: Vec<String> = used
            .iter()
            .map(|s| format!("{} {}", self.shape(*s), meaning(*s)).replace(' ', HARD_SPACE))
            .collect();
        phrases.join(&format!(" {HARD_SPACE}"))
    }

    /// A text of our own, which may hold other characters than ASCII.
    pub(super) fn own(&self, text: &str) -> String {
        if self.ascii {
            to_ascii(text).into_owned()
        } else {
            text.to_string()
        }
    }

    pub(super) fn dots(&self) -> &'static str {
        self.pick("…", "..")
    }
    pub(super) fn note(&self) -> &'static str {
        self.pick("↳", "->")
    }
    pub(super) fn bad(&self) -> &'static str {
        self.pick("✕", "!")
    }
    pub(super) fn good(&self) -> &'static str {
        self.pick("✓", "ok")
    }
    pub(super) fn times(&self) -> &'static str {
        self.pick("×", "x")
    }
    pub(super) fn dash(&self) -> &'static str {
        self.pick("──", "--")
    }
}

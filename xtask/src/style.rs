//! How output looks: colour and signs where they can be shown, one line that keeps changing on a
//! terminal, and nothing of the kind elsewhere.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use terminal_size::{Height, Width};
use timeline::Text;

/// What a word is, not which colour it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// It went well.
    Good,
    /// It did not.
    Bad,
    /// It stands out.
    Strong,
    /// It may be skipped.
    Faint,
}

/// How standard output is to look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The same for pictures.
    pub text: Text,
}

impl Look {
    /// What suits standard output.
    pub fn of_stdout() -> Self {
        Self::of(&io::stdout(), terminal_size::terminal_size_of(io::stdout()))
    }

    /// What suits standard error.
    pub fn of_stderr() -> Self {
        Self::of(&io::stderr(), terminal_size::terminal_size_of(io::stderr()))
    }

    /// `COLUMNS` is the user's word; without it the terminal is asked.
    fn of(stream: &impl IsTerminal, size: Option<(Width, Height)>) -> Self {
        let mut text = Text::detect(stream.is_terminal());
        if let (Some((Width(columns), _)), None) = (size, std::env::var_os("COLUMNS")) {
            text.width = usize::from(columns);
        }
        Self { text }
    }

    /// How many columns there are.
    pub fn width(self) -> usize {
        self.text.width.clamp(40, 100)
    }

    /// Text in an ink.
    pub fn paint(self, ink: Ink, text: &str) -> String {
        let code = match ink {
            _ if !self.text.colour => return text.to_owned(),
            Ink::Good => "32",
            Ink::Bad => "31",
            Ink::Strong => "1",
            Ink::Faint => "2",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// The sign before something that went well.
    pub fn tick(self) -> String {
        self.paint(Ink::Good, if self.text.ascii { "+" } else { "✓" })
    }

    /// The sign before something that did not.
    pub fn cross(self) -> String {
        self.paint(Ink::Bad, if self.text.ascii { "x" } else { "✗" })
    }

    /// The sign before something of which nothing is known yet.
    pub fn dot(self) -> String {
        self.paint(Ink::Faint, if self.text.ascii { "-" } else { "·" })
    }

    /// Text by others, with colour only where we use it.
    pub fn foreign(self, text: &str) -> String {
        if self.text.colour {
            text.to_owned()
        } else {
            without_colour(text)
        }
    }
}

/// Leaves out ANSI colours.
pub fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\x1b' {
            // ESC [ parameters, ended by a letter.
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// A line on the terminal that says what is going on. Where standard error is not a terminal,
/// there is none.
pub struct StatusLine(Mutex<bool>);

impl StatusLine {
    /// An empty line.
    pub fn shared() -> Self {
        Self(Mutex::new(false))
    }

    /// Replaces the line.
    pub fn show(&self, text: &str) {
        if !io::stderr().is_terminal() {
            return;
        }
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *shown = true;
        // In the last column some terminals begin a new line.
        let columns = Look::of_stderr().text.width.clamp(20, 100) - 1;
        let text: String = text.chars().take(columns).collect();
        // Who cannot be told does not need to know.
        let _ = write!(io::stderr(), "\r\x1b[K{text}");
    }

    /// Removes the line.
    pub fn clear(&self) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut *shown) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for StatusLine {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_can_be_left_out() {
        for (text, plain) in [
            ("", ""),
            ("plain", "plain"),
            ("\x1b[1m\x1b[38;5;9merror\x1b[0m: no", "error: no"),
            ("cut \x1b[3", "cut "),
        ] {
            assert_eq!(without_colour(text), plain, "{text:?}");
        }
    }
}

//! One line of a text picture, in pieces that know how they are coloured.

use crate::clean::width;

/// What a piece of text is; colour only repeats what the words and symbols say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Dim,
    Note,
    Bad,
    Good,
    Lane(usize),
}

impl Tone {
    fn code(self) -> &'static str {
        const LANES: [&str; 5] = ["1;34", "1;35", "1;32", "1;36", "1;33"];
        match self {
            Tone::Plain => "",
            Tone::Strong => "1",
            Tone::Dim => "2",
            Tone::Note => "33",
            Tone::Bad => "1;31",
            Tone::Good => "1;32",
            Tone::Lane(lane) => LANES[lane % LANES.len()],
        }
    }
}

/// A line that is being written from left to right.
#[derive(Default)]
pub(super) struct Line {
    pieces: Vec<(Tone, String)>,
    width: usize,
}

impl Line {
    pub(super) fn put(&mut self, tone: Tone, text: &str) {
        self.width += width(text);
        self.pieces.push((tone, text.to_string()));
    }

    /// Fills up with spaces, so that the next piece stands at `column` or after it.
    pub(super) fn skip_to(&mut self, column: usize) {
        let spaces = column.saturating_sub(self.width);
        self.put(Tone::Plain, &" ".repeat(spaces));
    }

    /// The line with its end and without spaces before it.
    pub(super) fn end(mut self, colour: bool, out: &mut String) {
        while let Some((_, last)) = self.pieces.last_mut() {
            last.truncate(last.trim_end().len());
            if !last.is_empty() {
                break;
            }
            self.pieces.pop();
        }
        for (tone, text) in self.pieces {
            if colour && !tone.code().is_empty() && !text.trim().is_empty() {
                out.push_str(&format!("\x1b[{}m{text}\x1b[0m", tone.code()));
            } else {
                out.push_str(&text);
            }
        }
        out.push('\n');
    }
}

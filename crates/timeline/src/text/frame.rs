//! What stands above and below the rows of a text picture.

use super::ink::{Line, Tone};
use super::rows::Sheet;
use super::symbols::HARD_SPACE;
use crate::clean::{width, wrap};
use crate::words::{self, Labels};

impl Sheet<'_> {
    pub(super) fn heading(&mut self) {
        let timeline = self.timeline;
        self.paragraph((Tone::Strong, ""), &timeline.title);
        if self.layout.lettered {
            let keys = self.folded.lanes.iter().enumerate();
            let keys: Vec<String> = keys
                .map(|(i, l)| format!("{} = {}", letter(i), timeline.lanes[*l].name))
                .collect();
            self.paragraph((Tone::Plain, "  "), &keys.join(", "));
        }
        if self.folded.rows.is_empty() && timeline.outcome.stuck.is_empty() {
            return;
        }
        let layout = &self.layout;
        let mut line = Line::default();
        for (i, (lane, at)) in self.folded.lanes.iter().zip(&layout.lanes).enumerate() {
            line.skip_to(*at);
            if layout.lettered {
                line.put(Tone::Lane(*lane), &letter(i));
            } else {
                line.put(Tone::Lane(*lane), &timeline.lanes[*lane].name);
            }
        }
        line.skip_to(layout.label + layout.label_width - "line".len());
        line.put(Tone::Dim, "line");
        line.skip_to(layout.code);
        if let Labels::Lines { file: Some(file) } = &layout.labels {
            line.put(Tone::Dim, &self.file_heading(file));
        }
        if !layout.stacked {
            line.skip_to(layout.what);
            line.put(Tone::Dim, "what happened");
        }
        line.end(self.colour, &mut self.out);
    }

    /// As many of the last parts of a file's name as fit above the source text.
    fn file_heading(&self, file: &str) -> String {
        let (room, dots) = (self.layout.code_width, self.symbols.dots());
        if width(file) <= room {
            return file.to_string();
        }
        let ends = file.match_indices('/').map(|(i, _)| &file[i..]);
        ends.map(|end| format!("{dots}{end}"))
            .find(|end| width(end) <= room)
            .unwrap_or_default()
    }

    pub(super) fn ending(&mut self) {
        let outcome = &self.timeline.outcome;
        if !self.folded.hidden.is_empty() {
            let names: Vec<&str> = self
                .folded
                .hidden
                .iter()
                .map(|l| self.timeline.lanes[*l].name.as_str())
                .collect();
            let words = format!("not shown: {}", words::list(&names, 6));
            self.paragraph((Tone::Dim, &format!("  {} ", self.symbols.dots())), &words);
        }
        let (tone, mark) = if outcome.failed {
            (Tone::Bad, self.symbols.bad())
        } else {
            (Tone::Good, self.symbols.good())
        };
        self.paragraph((tone, &format!("  {mark} ")), &outcome.summary);
        self.paragraph((Tone::Dim, "  "), &self.symbols.legend());
    }

    /// Words from edge to edge, after a lead that later lines leave blank. No words, no line.
    pub(super) fn paragraph(&mut self, (tone, lead): (Tone, &str), words: &str) {
        if words.is_empty() {
            return;
        }
        let room = self.layout.width - width(lead);
        for (i, words) in wrap(words, room).into_iter().enumerate() {
            let mut line = Line::default();
            line.put(tone, if i == 0 { lead } else { "" });
            line.skip_to(width(lead));
            line.put(tone, &words.replace(HARD_SPACE, " "));
            line.end(self.colour, &mut self.out);
        }
    }
}

/// What stands above the column of a lane whose name is too long for it.
fn letter(index: usize) -> String {
    let letters = ('A'..='Z').chain('a'..='z');
    letters
        .clone()
        .nth(index % 52)
        .map(String::from)
        .unwrap_or_default()
}

//! Colours that suit light and dark pages, and the few elements that a picture is made of.
//!
//! Every colour is given twice: as a presentation attribute that stands out on white and on
//! black, and in a `style` of the element itself as `light-dark()`, which follows the
//! `color-scheme` of the page and is skipped by what does not know it. Plain text takes the
//! colour of the page's text. There is no `<style>` element, so that nothing leaks.

use std::fmt::Write as _;

/// What a colour is used for. It only repeats what words and shapes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Ink,
    Dim,
    Bad,
    Good,
    Wait,
    /// Text on a bar.
    OnBar,
    Lane(usize),
}

impl Tone {
    fn pair(self) -> Option<(&'static str, &'static str)> {
        const LANES: [(&str, &str); 5] = [
            ("#1d6bc4", "#7cb7ff"),
            ("#8444e4", "#c9a2ff"),
            ("#1a7f45", "#6fdd9b"),
            ("#0c7a87", "#67d5e3"),
            ("#946300", "#e6bf5e"),
        ];
        match self {
            Tone::Ink | Tone::Dim => None,
            Tone::Bad => Some(("#cc1f3a", "#ff8a94")),
            Tone::Good => Some(LANES[2]),
            Tone::Wait => Some(("#ad5300", "#ffb366")),
            Tone::OnBar => Some(("#ffffff", "#16181b")),
            Tone::Lane(lane) => Some(LANES[lane % LANES.len()]),
        }
    }

    /// The attributes that paint the inside of a shape or text.
    pub(super) fn fill(self) -> String {
        match (self, self.pair()) {
            (_, Some((light, dark))) => {
                format!("fill=\"{light}\" style=\"fill:light-dark({light},{dark})\"")
            }
            (Tone::Dim, None) => "fill-opacity=\".72\"".to_string(),
            (_, None) => String::new(),
        }
    }

    /// The attributes that paint a line.
    pub(super) fn stroke(self) -> String {
        match (self, self.pair()) {
            (_, Some((light, dark))) => {
                format!("stroke=\"{light}\" style=\"stroke:light-dark({light},{dark})\"")
            }
            (Tone::Dim, None) => "stroke=\"currentColor\" stroke-opacity=\".35\"".to_string(),
            (_, None) => "stroke=\"currentColor\"".to_string(),
        }
    }
}

/// Text for XML, in content and in attributes.
///
/// The text must be clean: characters that XML forbids are gone.
pub(crate) fn escape(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The size of a text in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Code,
    Small,
}

impl Size {
    /// How wide so many columns are in the widest of the fonts that are asked for, in pixels.
    pub(super) fn pixels(self, columns: usize) -> usize {
        match self {
            Size::Code => (columns * 783).div_ceil(100),
            Size::Small => (columns * 693).div_ceil(100),
        }
    }

    /// How many columns fit.
    pub(super) fn columns(self, pixels: usize) -> usize {
        match self {
            Size::Code => pixels * 100 / 783,
            Size::Small => pixels * 100 / 693,
        }
    }
}

/// Elements that are being written, one to a line.
#[derive(Default)]
pub(super) struct Canvas {
    pub(super) out: String,
}

impl Canvas {
    pub(super) fn element(&mut self, element: &str) {
        self.out.push_str(element);
        self.out.push('\n');
    }

    /// A line of text that begins at `x`.
    pub(super) fn text(&mut self, (x, y): (usize, usize), size: Size, tone: Tone, text: &str) {
        self.styled_text((x, y), size, tone, "", text);
    }

    /// As [`Canvas::text`], with further attributes.
    pub(super) fn styled_text(
        &mut self,
        (x, y): (usize, usize),
        size: Size,
        tone: Tone,
        more: &str,
        text: &str,
    ) {
        let mut element = format!("<text x=\"{x}\" y=\"{y}\"");
        if size == Size::Small {
            element.push_str(" font-size=\"11.5\"");
        }
        for attributes in [tone.fill().as_str(), more] {
            if !attributes.is_empty() {
                let _ = write!(element, " {attributes}");
            }
        }
        let _ = write!(element, ">{}</text>", escape(text));
        self.element(&element);
    }

    pub(super) fn line(
        &mut self,
        (x1, y1): (usize, usize),
        (x2, y2): (usize, usize),
        attributes: &str,
    ) {
        self.element(&format!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {attributes}/>"
        ));
    }
}

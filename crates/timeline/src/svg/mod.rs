//! The picture for a page: lanes as columns, time running down.

mod arrows;
mod bars;
pub(crate) mod draft;
mod draw;
mod paint;
mod plan;
mod tale;
mod wrapping;

use crate::clean::{self, clip, width, wrap};
use crate::fold;
use crate::model::Timeline;
use crate::replay::Replay;
use crate::sections;
use crate::telling;
use crate::words::Labels;
use draw::Draw;
pub(crate) use paint::escape;
use paint::{Canvas, Size, Tone};
use plan::Plan;

/// The fonts that are asked for; all are equally wide or narrower than what is reckoned with.
const FONTS: &str = "ui-monospace,'Source Code Pro',Menlo,Consolas,'DejaVu Sans Mono',monospace";

/// The narrowest picture.
const NARROWEST: usize = 200;

impl Timeline {
    /// The picture for a page, as an `<svg>` element that can stand inline in HTML or in a file
    /// of its own.
    ///
    /// It follows the `color-scheme` of the page, takes the page's text colour, and brings
    /// neither a style sheet nor a background. Its text alternative tells the steps in order.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut timeline = clean::timeline(self, false);
        sections::join(&mut timeline);
        let replay = Replay::new(&timeline);
        let folded = fold::fold(&timeline, &replay);
        let labels = Labels::new(draft::places(&timeline, &folded));
        let file = match &labels {
            Labels::Lines { file: Some(file) } => file.as_str(),
            _ => "",
        };
        let file = clip(file, Size::Small.columns(plan::WIDEST - 20), "…");
        let columns = Size::Code.columns(plan::WIDEST - 20);
        let title = match timeline.title.as_str() {
            "" => Vec::new(),
            title => wrap(title, columns),
        };
        let head = 18 * title.len() + if file.is_empty() { 0 } else { 16 };
        let plan = Plan::new(&timeline, &replay, &folded, head + 44);

        let mut draw = Draw {
            timeline: &timeline,
            replay: &replay,
            plan: &plan,
            canvas: Canvas::default(),
        };
        let mut y = 0;
        for line in &title {
            y += 18;
            let bold = "font-weight=\"700\"";
            draw.canvas
                .styled_text((6, y), Size::Code, Tone::Ink, bold, line);
        }
        if !file.is_empty() {
            draw.canvas.text((6, y + 16), Size::Small, Tone::Dim, &file);
        }
        let mut bottom = draw.body() + 8;
        let (tone, mark) = if timeline.outcome.failed {
            (Tone::Bad, "✕")
        } else {
            (Tone::Good, "✓")
        };
        let ending = ending(&timeline, &folded.hidden);
        let texts = title.iter().map(|t| Size::Code.pixels(width(t)) + 12);
        let texts = texts.chain([Size::Small.pixels(width(&file)) + 12]);
        let texts = texts.chain(ending.iter().map(|t| Size::Code.pixels(width(t)) + 30));
        let widest = texts.max().unwrap_or(0).clamp(NARROWEST, plan::WIDEST);
        let page = plan.width.max(widest);
        let lines = ending
            .iter()
            .flat_map(|text| wrap(text, Size::Code.columns(page - 30)));
        for (i, line) in lines.enumerate() {
            bottom += 18;
            let bold = "font-weight=\"700\"";
            if i == 0 {
                draw.canvas
                    .styled_text((6, bottom), Size::Code, tone, bold, mark);
            }
            draw.canvas
                .styled_text((22, bottom), Size::Code, tone, bold, &line);
        }
        let height = bottom + 10;
        let id = format!("timeline-{:016x}", fingerprint(self));
        let name = escape(tale::name(&timeline));
        let words = telling::tell(&timeline, &replay, &folded, &labels);
        let tale = escape(&tale::sentences(&words));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {page} {height}\" width=\"{page}\" height=\"{height}\" style=\"max-width:100%;height:auto\" role=\"img\" aria-labelledby=\"{id}-name {id}-tale\" font-family=\"{FONTS}\" font-size=\"13\" fill=\"currentColor\">\n<title id=\"{id}-name\">{name}</title>\n<desc id=\"{id}-tale\">{tale}</desc>\n{}</svg>\n",
            draw.canvas.out
        )
    }
}

/// What is said below the picture.
fn ending(timeline: &Timeline, hidden: &[usize]) -> Vec<String> {
    let mut lines = Vec::new();
    if !timeline.outcome.summary.is_empty() {
        lines.push(timeline.outcome.summary.clone());
    }
    if !hidden.is_empty() {
        let name = |l: &usize| timeline.lanes[*l].name.as_str();
        let names: Vec<&str> = hidden.iter().map(name).collect();
        lines.push(format!("not shown: {}", crate::words::list(&names, 6)));
    }
    lines
}

/// Tells two pictures on one page apart: FNV-1a over all that the timeline says.
fn fingerprint(timeline: &Timeline) -> u64 {
    let text = format!("{timeline:?}");
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

//! Makes a timeline safe to draw: its text comes from a learner's source and panic messages.

use std::borrow::Cow;
use std::collections::BTreeSet;

use unicode_width::UnicodeWidthChar;

use crate::model::{Effect, Place, Stuck, Timeline};

/// Longer texts are cut; a panic message can be as long as the learner likes.
const LONGEST: usize = 400;

/// A copy that holds only indices which exist and texts of harmless printable characters.
///
/// What refers to a lane or an object that does not exist is left out, so that a renderer can
/// index without looking. [`Report::parse`](crate::Report::parse) refuses such a document.
pub(crate) fn timeline(original: &Timeline, ascii: bool) -> Timeline {
    let (lanes, objects) = (original.lanes.len(), original.objects.len());
    let mut t = original.clone();
    t.steps.retain(|s| s.lane < lanes);
    // A lane waits for one thing at a time.
    let mut seen = BTreeSet::new();
    t.outcome
        .stuck
        .retain(|s| s.lane < lanes && seen.insert(s.lane));
    for step in &mut t.steps {
        step.effects
            .retain(|effect| is_sound(effect, lanes, objects));
        clean_place(step.place.as_mut(), ascii);
        clean(&mut step.what, ascii);
        for effect in &mut step.effects {
            match effect {
                Effect::Sees { value, newest, .. } => {
                    clean(value, ascii);
                    if let Some(newest) = newest {
                        clean(newest, ascii);
                    }
                }
                Effect::Sets { value, .. } => clean(value, ascii),
                _ => {}
            }
        }
    }
    for stuck in &mut t.outcome.stuck {
        let Stuck {
            place,
            what,
            object,
            waits_for,
            ..
        } = stuck;
        clean_place(place.as_mut(), ascii);
        clean(what, ascii);
        *object = object.filter(|o| *o < objects);
        *waits_for = waits_for.filter(|l| *l < lanes);
    }
    for lane in &mut t.lanes {
        clean(&mut lane.name, ascii);
    }
    for object in &mut t.objects {
        clean(&mut object.name, ascii);
        if let Some(initial) = &mut object.initial {
            clean(initial, ascii);
        }
    }
    clean(&mut t.title, ascii);
    clean(&mut t.outcome.summary, ascii);
    t
}

/// Whether every index of an effect exists.
pub(crate) fn is_sound(effect: &Effect, lanes: usize, objects: usize) -> bool {
    match effect {
        Effect::Holds { object }
        | Effect::Frees { object }
        | Effect::Sees { object, .. }
        | Effect::Sets { object, .. }
        | Effect::Uses { object } => *object < objects,
        Effect::Spawns { lane } | Effect::Wakes { lane } => *lane < lanes,
        Effect::Lost | Effect::Fails | Effect::Ends => true,
    }
}

fn clean_place(place: Option<&mut Place>, ascii: bool) {
    if let Some(place) = place {
        clean(&mut place.file, ascii);
        clean(&mut place.source, ascii);
    }
}

fn clean(s: &mut String, ascii: bool) {
    *s = text(s, ascii);
}

/// One line of printable characters. A line break becomes `; `, an invisible character nothing,
/// and any other control character a replacement character that can be seen.
fn text(s: &str, ascii: bool) -> String {
    let mut out = String::new();
    for (i, part) in s
        .trim()
        .split(['\n', '\r', '\u{2028}', '\u{2029}'])
        .enumerate()
    {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if i > 0 && !out.is_empty() {
            let open = out.ends_with([';', ':', ',', '{', '(', '.']);
            out.push_str(if open { " " } else { "; " });
        }
        for c in part.chars() {
            match c {
                '\t' => out.push(' '),
                c if is_invisible(c) => {}
                c if c.is_control() => out.push('\u{fffd}'),
                // XML knows no place for these two, in any form.
                '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
    }
    if let Some((end, _)) = out.char_indices().nth(LONGEST) {
        out.truncate(end);
        out.push('…');
    }
    if ascii {
        out = to_ascii(&out).into_owned();
    }
    out
}

/// Characters without a shape of their own: joiners, variation selectors, and the marks that
/// turn the direction of a line, which can make source text read as something that it is not.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The same in ASCII, for terminals that know no more.
pub(crate) fn to_ascii(s: &str) -> Cow<'_, str> {
    if s.is_ascii() {
        return Cow::Borrowed(s);
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            c if c.is_ascii() => out.push(c),
            '→' => out.push_str("->"),
            '←' => out.push_str("<-"),
            '…' => out.push_str(".."),
            '×' => out.push('x'),
            'µ' => out.push('u'),
            '≠' => out.push_str("!="),
            '–' | '—' => out.push('-'),
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            _ => out.push('?'),
        }
    }
    Cow::Owned(out)
}

/// How many columns a text takes. Never too few: characters that join are counted one by one.
pub(crate) fn width(s: &str) -> usize {
    s.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The text in at most `room` columns; what is cut off is replaced by `dots`.
pub(crate) fn clip(s: &str, room: usize, dots: &str) -> String {
    if width(s) <= room {
        return s.to_string();
    }
    let mut left = room.saturating_sub(width(dots));
    let mut out = String::new();
    for c in s.chars() {
        let Some(rest) = left.checked_sub(char_width(c)) else {
            break;
        };
        left = rest;
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    if width(dots) <= room {
        out.push_str(dots);
    }
    out
}

/// Lines of at most `room` columns, broken between words where that is possible.
pub(crate) fn wrap(s: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = vec![String::new()];
    for word in s.split(' ').filter(|w| !w.is_empty()) {
        let last = lines.last_mut().expect("starts with one");
        if last.is_empty() || width(last) + 1 + width(word) <= room {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        } else {
            lines.push(word.to_string());
        }
        // A word that is longer than a line is broken where the line ends.
        while let Some(last) = lines.last().filter(|l| width(l) > room) {
            let (mut end, mut used) = (0, 0);
            for c in last.chars() {
                if used + char_width(c) > room {
                    break;
                }
                used += char_width(c);
                end += c.len_utf8();
            }
            let rest = last[end..].to_string();
            lines.last_mut().expect("is there").truncate(end);
            lines.push(rest);
        }
    }
    lines
}

//! Small texts that both pictures share.

use std::collections::{BTreeMap, BTreeSet};

use crate::clean::{clip, width};
use crate::model::{Place, Timeline};
use crate::replay::Replay;
use crate::stale::Stale;

/// The sentence under a step that acts on a value which is no longer true.
pub(crate) fn stale_note(timeline: &Timeline, stale: &Stale) -> String {
    let object = &timeline.objects[stale.object].name;
    let by = |step: usize| &timeline.lanes[timeline.steps[step].lane].name;
    match (&stale.newest, stale.overwritten) {
        (Some(newest), Some(step)) => {
            format!(
                "{} wrote {object} = {newest} in step {}",
                by(step),
                step + 1
            )
        }
        (Some(newest), None) => format!("{object} is {newest} by now"),
        (None, Some(step)) => format!(
            "stale: acts on {object} = {} from step {}, which {} changed in step {}",
            stale.value,
            stale.read + 1,
            by(step),
            step + 1
        ),
        (None, None) => format!("stale: acts on an old value of {object}"),
    }
}

/// The values that changed from before step `first` to after step `last`, in brackets; empty
/// where none did.
pub(crate) fn changed(timeline: &Timeline, replay: &Replay, first: usize, last: usize) -> String {
    let values = replay.changed(first, last);
    if values.is_empty() {
        return String::new();
    }
    let values: Vec<String> = values
        .iter()
        .map(|(object, value)| format!("{}={}", timeline.objects[*object].name, short(value)))
        .collect();
    format!("[{}]", values.join(" "))
}

/// A value in few columns; a value can be a whole queue.
pub(crate) fn short(value: &str) -> String {
    clip(value, 24, "..")
}

/// A time on the virtual clock: `250 ms`, `1.5 s`.
pub(crate) fn clock(nanoseconds: u64) -> String {
    const UNITS: [(u64, usize, &str); 3] = [
        (1_000_000_000, 9, "s"),
        (1_000_000, 6, "ms"),
        (1_000, 3, "µs"),
    ];
    for (size, digits, unit) in UNITS {
        if nanoseconds >= size {
            let fraction = format!(".{:0digits$}", nanoseconds % size);
            let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
            return format!("{}{fraction} {unit}", nanoseconds / size);
        }
    }
    format!("{nanoseconds} ns")
}

/// `a, b and c`, of at most `most` names.
pub(crate) fn list(names: &[&str], most: usize) -> String {
    let more = names.len().saturating_sub(most);
    if more > 0 {
        return format!("{} and {} more", names[..most].join(", "), more);
    }
    match names {
        [] => String::new(),
        [one] => (*one).to_string(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// `1 step`, `2 steps`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// How the lines of a picture are called.
pub(crate) enum Labels {
    /// All stand in one file (or in none): the number is enough.
    Lines { file: Option<String> },
    /// Per file, its shortest ending that no other file of the picture has.
    Files(BTreeMap<String, String>),
}

impl Labels {
    pub(crate) fn new<'a>(places: impl Iterator<Item = &'a Place>) -> Labels {
        let files: BTreeSet<&str> = places.map(|p| p.file.as_str()).collect();
        if files.len() < 2 {
            return Labels::Lines {
                file: files.first().map(|f| (*f).to_string()),
            };
        }
        let short = files.iter().map(|file| {
            let parts: Vec<&str> = file.split('/').collect();
            let name = (0..parts.len())
                .rev()
                .map(|from| parts[from..].join("/"))
                .find(|end| {
                    let same = |f: &&&str| **f == end || f.ends_with(&format!("/{end}"));
                    files.iter().filter(same).count() == 1
                })
                .unwrap_or_else(|| (*file).to_string());
            ((*file).to_string(), name)
        });
        Labels::Files(short.collect())
    }

    pub(crate) fn label(&self, place: &Place) -> String {
        match self {
            Labels::Lines { .. } => place.line.to_string(),
            Labels::Files(short) => {
                format!(
                    "{}:{}",
                    short.get(&place.file).unwrap_or(&place.file),
                    place.line
                )
            }
        }
    }

    /// The label in so many columns: the name of the file is cut, not the number of the line.
    pub(crate) fn clipped(&self, place: &Place, room: usize, dots: &str) -> String {
        let label = self.label(place);
        let (file, line) = label.split_at(label.rfind(':').unwrap_or(0));
        format!(
            "{}{line}",
            clip(file, room.saturating_sub(width(line)), dots)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_read_as_a_person_would_write_them() {
        let cases = [
            (0, "0 ns"),
            (999, "999 ns"),
            (1_500, "1.5 µs"),
            (30_000, "30 µs"),
            (250_000_000, "250 ms"),
            (1_500_000_000, "1.5 s"),
            (60_000_000_000, "60 s"),
            (1_000_000_001, "1.000000001 s"),
        ];
        for (nanoseconds, words) in cases {
            assert_eq!(clock(nanoseconds), words, "{nanoseconds}");
        }
    }

    #[test]
    fn files_are_called_by_the_shortest_ending_that_tells_them_apart() {
        let places: Vec<Place> = ["a/x/mod.rs", "a/y/mod.rs", "a/lib.rs"]
            .iter()
            .map(|f| Place {
                file: (*f).to_string(),
                line: 7,
                source: String::new(),
            })
            .collect();
        let labels = Labels::new(places.iter());
        let names: Vec<String> = places.iter().map(|p| labels.label(p)).collect();
        assert_eq!(names, ["x/mod.rs:7", "y/mod.rs:7", "lib.rs:7"]);
        assert_eq!(Labels::new(places[..1].iter()).label(&places[0]), "7");
        assert_eq!(labels.clipped(&places[0], 9, ".."), "x/mod..:7");
    }
}

//! The picture for a terminal.

use timeline::{Text, Timeline};
use unicode_width::UnicodeWidthStr;

use crate::{random, samples};

#[test]
fn every_sample_in_its_default_form() {
    for (name, timeline) in samples::all() {
        insta::assert_snapshot!(name, timeline);
    }
}

#[test]
fn in_ascii() {
    let ascii = Text {
        ascii: true,
        ..Text::default()
    };
    insta::assert_snapshot!(samples::lost_wakeup().text(&ascii));
}

#[test]
fn in_colour() {
    let colour = Text {
        colour: true,
        ..Text::default()
    };
    let text = samples::lost_wakeup().text(&colour);
    insta::assert_snapshot!(text.replace('\u{1b}', "ESC"));
}

#[test]
fn in_sixty_columns() {
    let narrow = Text {
        width: 60,
        ..Text::default()
    };
    insta::assert_snapshot!("narrow_abba", samples::abba().text(&narrow));
    insta::assert_snapshot!("narrow_philosophers", samples::philosophers().text(&narrow));
}

#[test]
fn no_line_is_wider_than_asked_for_and_none_does_more_than_print() {
    for (timeline, seed) in many() {
        for width in [60, 67, 80, 100] {
            for ascii in [false, true] {
                let options = Text {
                    width,
                    ascii,
                    colour: false,
                };
                let text = timeline.text(&options);
                for line in text.lines() {
                    let columns = line.width();
                    assert!(
                        columns <= width,
                        "seed {seed}: {columns} of {width}: {line}"
                    );
                    let odd = line.chars().find(|c| c.is_control());
                    assert_eq!(odd, None, "seed {seed}: {line:?}");
                    assert_eq!(line, line.trim_end(), "seed {seed}");
                }
                assert!(!ascii || text.is_ascii(), "seed {seed}: {text}");
            }
        }
    }
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    for (timeline, seed) in many() {
        let plain = timeline.text(&Text::default());
        let colour = timeline.text(&Text {
            colour: true,
            ..Text::default()
        });
        assert_eq!(without_colour(&colour), plain, "seed {seed}");
    }
}

#[test]
fn widths_out_of_range_are_taken_as_the_nearest() {
    let timeline = samples::abba();
    let with = |width| {
        timeline.text(&Text {
            width,
            ..Text::default()
        })
    };
    assert_eq!(with(0), with(60));
    assert_eq!(with(usize::MAX), with(100));
    assert_ne!(with(60), with(100));
}

#[test]
fn without_a_step_only_the_ending_is_told() {
    assert_eq!(Timeline::default().to_string(), "");
    let mut timeline = Timeline::default();
    timeline.outcome.summary = "nothing ran".to_string();
    assert_eq!(timeline.to_string(), "  ✓ nothing ran\n");
}

#[test]
fn the_environment_decides_where_the_caller_does_not() {
    type Variables = &'static [(&'static str, &'static str)];
    let cases: [(bool, Variables, Text); 9] = [
        (true, &[], look(100, false, true)),
        (false, &[], look(100, false, false)),
        (true, &[("NO_COLOR", "1")], look(100, false, false)),
        (true, &[("NO_COLOR", "")], look(100, false, true)),
        (true, &[("TERM", "dumb")], look(100, false, false)),
        (true, &[("LANG", "C")], look(100, true, true)),
        (
            true,
            &[("LANG", "C"), ("LC_ALL", "en_GB.UTF-8")],
            look(100, false, true),
        ),
        (
            true,
            &[("LANG", "de_DE.utf8"), ("LC_ALL", "")],
            look(100, false, true),
        ),
        (false, &[("COLUMNS", "72")], look(72, false, false)),
    ];
    for (is_terminal, environment, expected) in cases {
        let get = |name: &str| {
            let found = environment.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_string())
        };
        let options = Text::from_environment(is_terminal, get);
        assert_eq!(options, expected, "{is_terminal} {environment:?}");
    }
}

fn look(width: usize, ascii: bool, colour: bool) -> Text {
    Text {
        width,
        ascii,
        colour,
    }
}

fn many() -> impl Iterator<Item = (Timeline, u64)> {
    let random = (0..150).map(|seed| (random::timeline(seed, 40), seed));
    let long = (0..3).map(|seed| (random::timeline(seed, 600), seed));
    random.chain(long)
}

/// The text without the sequences that set colours.
fn without_colour(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.split_once('m').expect("a colour ends with m").1;
    }
    out + rest
}

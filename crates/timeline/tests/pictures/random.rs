//! Timelines that nobody would write, the same ones on every run.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use timeline::{Effect, Lane, Object, Outcome, Place, Step, Stuck, Timeline};

/// Texts that have broken pictures before, or could.
pub const HOSTILE: [&str; 16] = [
    "",
    "x",
    "let mut from = accounts[from].lock().unwrap();",
    "a_word_that_is_so_long_that_no_line_can_hold_it_without_breaking_it_somewhere_in_the_middle_of_it",
    "\u{1b}[31mred\u{1b}[0m and \u{1b}]0;title\u{7}",
    "line one\nline two\r\n\tline three",
    "锁定账户 → 余额不足，等待另一个线程释放锁",
    "👩‍👩‍👧‍👦 family 🇩🇪 flag e\u{301} combined ⚠\u{fe0f}",
    "\u{202e}desrever si siht\u{202c} \u{2066}isolated\u{2069}",
    "<script>alert('x')</script> & \"quoted\" ]]> <!-- -->",
    "nul \0 bell \u{8} c1 \u{9b}31m del \u{7f} bom \u{feff} non \u{fffe}\u{ffff}",
    "\u{200b}\u{200d}\u{ad}",
    "    spaces   in    between    ",
    "Ωμέγα Кириллица עברית العربية",
    "{}{}{{}} %s %n $HOME `backtick`",
    "\u{2028}\u{2029}\u{85}",
];

/// A timeline with up to `steps` steps. One in four refers to what is not there.
pub fn timeline(seed: u64, steps: usize) -> Timeline {
    let mut dice = Dice(StdRng::seed_from_u64(seed));
    let lanes = dice.0.random_range(1..=12);
    let objects = dice.0.random_range(0..=8);
    let slack = usize::from(dice.one_in(4));
    let (some_lane, some_object) = (lanes + slack, objects + slack);
    let steps = dice.0.random_range(0..=steps);
    let mut clock = 0;
    Timeline {
        title: dice.text(),
        lanes: (0..lanes)
            .map(|i| Lane {
                name: if dice.one_in(3) {
                    dice.text()
                } else {
                    format!("T{i}")
                },
                spawned: None,
            })
            .collect(),
        objects: (0..objects)
            .map(|i| Object {
                name: if dice.one_in(4) {
                    dice.text()
                } else {
                    format!("o{i}")
                },
                kind: "Mutex".to_string(),
                initial: dice.one_in(2).then(|| dice.text()),
            })
            .collect(),
        steps: (0..steps)
            .map(|_| {
                clock += if dice.one_in(6) { 70_000_000 } else { 0 };
                Step {
                    lane: dice.0.random_range(0..some_lane),
                    place: dice.place(),
                    what: dice.text(),
                    effects: (0..dice.0.random_range(0..=3))
                        .filter_map(|_| dice.effect(some_lane, some_object))
                        .collect(),
                    at: (clock > 0).then_some(clock),
                }
            })
            .collect(),
        outcome: Outcome {
            failed: !dice.one_in(4),
            summary: dice.text(),
            stuck: (0..dice.0.random_range(0..=lanes))
                .map(|_| Stuck {
                    lane: dice.0.random_range(0..some_lane),
                    place: dice.place(),
                    what: dice.text(),
                    object: (some_object > 0 && dice.one_in(2))
                        .then(|| dice.0.random_range(0..some_object)),
                    waits_for: dice.one_in(2).then(|| dice.0.random_range(0..some_lane)),
                })
                .collect(),
        },
    }
}

struct Dice(StdRng);

impl Dice {
    fn one_in(&mut self, n: u32) -> bool {
        self.0.random_ratio(1, n)
    }

    fn text(&mut self) -> String {
        let texts = self.0.random_range(1..=2);
        let texts = (0..texts).map(|_| *HOSTILE.choose(&mut self.0).expect("is not empty"));
        texts.collect::<Vec<_>>().join(" ")
    }

    fn place(&mut self) -> Option<Place> {
        let files = [
            "src/lib.rs",
            "tests/grade.rs",
            "a/very/long/way/to/a/file/in/the/end.rs",
        ];
        (!self.one_in(5)).then(|| Place {
            file: if self.one_in(9) {
                self.text()
            } else {
                (*files.choose(&mut self.0).expect("is not empty")).to_string()
            },
            line: self.0.random_range(1..=20_000),
            source: self.text(),
        })
    }

    fn effect(&mut self, lanes: usize, objects: usize) -> Option<Effect> {
        let lane = self.0.random_range(0..lanes);
        let object = (objects > 0).then(|| self.0.random_range(0..objects));
        Some(match self.0.random_range(0..20) {
            0..4 => Effect::Holds { object: object? },
            4..7 => Effect::Frees { object: object? },
            7..10 => Effect::Sees {
                object: object?,
                value: self.text(),
                newest: self.one_in(4).then(|| self.text()),
            },
            10..13 => Effect::Sets {
                object: object?,
                value: self.text(),
            },
            13..15 => Effect::Uses { object: object? },
            15 => Effect::Spawns { lane },
            16 => Effect::Wakes { lane },
            17 => Effect::Lost,
            18 => Effect::Fails,
            _ => Effect::Ends,
        })
    }
}

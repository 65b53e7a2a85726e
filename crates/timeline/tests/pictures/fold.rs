//! What is left out, and what never is.

use timeline::{Effect, Lane, Object, Step, Timeline};

use crate::build::{Build, E, On};
use crate::{random, samples};

/// Samples, and the steps without which their ends cannot be understood.
fn explained() -> Vec<(&'static str, Timeline, &'static [usize])> {
    vec![
        ("both locks of a deadlock", samples::abba(), &[3, 4]),
        (
            "reads and writes of a lost update",
            samples::lost_update(),
            &[3, 4, 5, 6, 10],
        ),
        (
            "check, lock, write, lost notification, wait",
            samples::lost_wakeup(),
            &[1, 2, 3, 4, 5],
        ),
        (
            "the writes and the stale read",
            samples::stale_read(),
            &[2, 5, 6],
        ),
        (
            "the permit that is never given back",
            samples::tasks(),
            &[3, 8, 9],
        ),
        ("each fork", samples::philosophers(), &[1, 2, 3, 4, 5]),
    ]
}

#[test]
fn steps_that_explain_the_end_are_shown() {
    for (name, timeline, explain) in explained() {
        let shown = numbers(&timeline.to_string());
        for step in explain {
            assert!(shown.contains(step), "{name}: {step} is not in\n{timeline}");
        }
    }
}

#[test]
fn noise_cannot_bury_what_explains_the_end() {
    for every in [1, 7, 25] {
        for noise in [Noise::Stranger, Noise::Actor, Noise::Silent] {
            for (name, timeline, explain) in explained() {
                let buried = bury(&timeline, every, noise);
                let text = buried.to_string();
                let shown = numbers(&text);
                for step in explain {
                    let step = step * (every + 1);
                    assert!(
                        shown.contains(&step),
                        "{name}, {noise:?}: {step} is not in\n{text}"
                    );
                }
                let lines = text.lines().count();
                assert!(lines <= 90, "{name}, {noise:?}: {lines} lines\n{text}");
            }
        }
    }
}

#[test]
fn noise_is_left_out_and_counted() {
    let text = bury(&samples::lost_wakeup(), 40, Noise::Stranger).to_string();
    insta::assert_snapshot!(text);
}

#[test]
fn an_early_cause_survives_a_long_way_to_the_end() {
    let mut timeline = samples::lost_update();
    let end = timeline.steps.split_off(6);
    for line in 100..250 {
        let mut step = end[2].clone();
        step.place.as_mut().expect("has a place").line = line;
        timeline.steps.push(step);
    }
    timeline.steps.extend(end);
    let text = timeline.to_string();
    let shown = numbers(&text);
    for step in [3, 4, 5, 6, 160] {
        assert!(shown.contains(&step), "{step} is not in\n{text}");
    }
    assert!(text.lines().count() < 80, "{text}");
    assert!(
        !text.contains("touch nothing"),
        "what is left out does touch hits\n{text}"
    );
}

/// `T1` reads `limit` so many times, then writes what `main` fails on.
fn decided_by_limit(reads: u32) -> String {
    let mut build = Build::new("", &["main", "T1", "T2"])
        .object("hits", "AtomicU64", Some("0"))
        .object("limit", "AtomicU64", Some("3"))
        .object("noise", "AtomicU64", Some("0"));
    for line in 0..reads {
        build = build.step(
            "T1",
            line,
            "limit.load()",
            "reads limit = 3",
            &[E::Sees("limit", "3")],
        );
    }
    for line in 0..3 {
        build = build.step(
            "T2",
            line,
            "noise.load()",
            "reads noise = 0",
            &[E::Sees("noise", "0")],
        );
    }
    build
        .step(
            "T1",
            90,
            "hits.store(3)",
            "writes hits = 3",
            &[E::Sets("hits", "3")],
        )
        .step(
            "main",
            91,
            "hits.load()",
            "reads hits = 3",
            &[E::Sees("hits", "3")],
        )
        .step("main", 92, "assert", "panics: 3", &[E::Fails])
        .fails("main panicked")
        .to_string()
}

#[test]
fn what_led_to_a_fatal_value_is_shown_while_there_is_room() {
    let short = decided_by_limit(1);
    assert_eq!(numbers(&short), [1, 5, 6, 7], "{short}");
    let long = decided_by_limit(40);
    assert_eq!(numbers(&long), [44, 45, 46], "{long}");
    assert!(
        long.contains("43 steps of T1 and T2 that touch nothing of this"),
        "{long}"
    );
}

#[test]
fn what_others_did_is_shown_where_the_failing_lane_touched_nothing() {
    let text = Build::new("", &["main", "T1"])
        .object("results", "Mutex", None)
        .step("main", 1, "spawn", "spawns T1", &[E::Spawns("T1")])
        .step("T1", 7, "lock()", "locks results", &[E::Holds("results")])
        .step("T1", 7, "lock()", "unlocks results", &[E::Frees("results")])
        .step("main", 9, "scope", "joins T1", &[])
        .step("main", 10, "assert", "panics: wrong order", &[E::Fails])
        .fails("main panicked")
        .to_string();
    assert_eq!(numbers(&text), [1, 2, 3, 4], "{text}");
    assert!(text.contains("locks and unlocks results"), "{text}");
}

#[test]
fn a_section_that_another_lane_disturbs_stays_two_rows() {
    let text = Build::new("", &["main", "T1"])
        .object("results", "Mutex", None)
        .step("T1", 7, "lock()", "locks results", &[E::Holds("results")])
        .step("main", 9, "try_lock", "finds results locked", &[E::Lost])
        .step("T1", 7, "lock()", "unlocks results", &[E::Frees("results")])
        .step("main", 10, "assert", "panics: busy", &[E::Fails])
        .fails("main panicked")
        .to_string();
    assert_eq!(numbers(&text), [1, 2, 3, 4], "{text}");
}

#[test]
fn a_panic_elsewhere_is_shown() {
    let mut build = Build::new("", &["main", "T1"])
        .object("results", "Mutex", None)
        .object("noise", "AtomicU64", Some("0"));
    for line in 0..3 {
        build = build.step("T1", line, "noise", "writes", &[E::Sets("noise", "0")]);
    }
    let text = build
        .step("T1", 7, "panic!", "panics: torn in two", &[E::Ends])
        .step("main", 9, "lock()", "locks results", &[E::Uses("results")])
        .step("main", 10, "unwrap()", "panics: T1 panicked", &[E::Fails])
        .fails("main panicked")
        .to_string();
    assert_eq!(numbers(&text), [4, 5, 6], "{text}");
}

#[test]
fn what_a_panic_of_main_drops_is_not_told_and_what_another_drops_is() {
    let ending = |lane: &str| {
        Build::new("", &["main", "T1"])
            .object("jobs", "channel", None)
            .step(lane, 1, "unwrap()", "panics: no job", &[E::Fails])
            .step(lane, 2, "}", "drops the last sender", &[E::Uses("jobs")])
            .step(lane, 2, "}", "ends", &[E::Ends])
            .fails("a panic")
            .to_string()
    };
    assert_eq!(numbers(&ending("main")), [1]);
    assert_eq!(numbers(&ending("T1")), [1, 2, 3], "with its end");
}

#[test]
fn of_many_lanes_those_without_a_part_are_named_and_not_drawn() {
    let mut timeline = samples::abba();
    for name in ["T3", "T4", "T5", "T6"] {
        timeline.lanes.push(Lane {
            name: name.to_string(),
            spawned: None,
        });
    }
    let text = timeline.to_string();
    assert!(text.contains("not shown: T3, T4, T5 and T6"), "{text}");
    assert!(timeline.svg().contains("not shown: T3, T4, T5 and T6"));
    let heading = text.lines().nth(1).unwrap_or_default();
    assert!(heading.starts_with("     main T1 T2  "), "{text}");
}

#[test]
fn too_many_stuck_lanes_are_all_named() {
    let names: Vec<String> = (1..=11).map(|i| format!("T{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut build = Build::new("", &names).object("gate", "Barrier", None);
    for name in &names {
        build = build.stuck(name, 3, "gate.wait();", "waits at gate", On::Object("gate"));
    }
    let text = build
        .fails("eleven wait where twelve are needed")
        .to_string();
    assert!(text.contains("stuck as well: T9, T10 and T11"), "{text}");
}

#[test]
fn what_is_lost_or_fatal_in_a_random_schedule_is_shown() {
    for seed in 0..300 {
        let timeline = random::timeline(seed, 40);
        let sound = |s: &Step| s.lane < timeline.lanes.len();
        let steps: Vec<&Step> = timeline.steps.iter().filter(|s| sound(s)).collect();
        if !timeline.outcome.failed || timeline.lanes.len() > 5 {
            continue;
        }
        let text = timeline.to_string();
        let shown = numbers(&text);
        let fatal = (0..steps.len()).filter(|i| steps[*i].effects.contains(&Effect::Fails));
        let lost = (0..steps.len()).filter(|i| steps[*i].effects.contains(&Effect::Lost));
        for step in fatal.chain(lost.take(4)) {
            assert!(
                shown.contains(&(step + 1)),
                "seed {seed}: {} is not in\n{text}",
                step + 1
            );
        }
    }
}

/// Who makes the noise.
#[derive(Clone, Copy, Debug)]
enum Noise {
    /// A lane that has nothing to do with anything, on an object of its own.
    Stranger,
    /// The lane that acts next, on an object that nobody shares.
    Actor,
    /// A stranger whose steps do not say what they touch.
    Silent,
}

/// The same schedule with `every` steps of noise before each of its steps.
fn bury(timeline: &Timeline, every: usize, noise: Noise) -> Timeline {
    let mut buried = timeline.clone();
    let stranger = buried.lanes.len();
    if !matches!(noise, Noise::Actor) {
        buried.lanes.push(Lane {
            name: "noise".to_string(),
            spawned: None,
        });
    }
    let object = buried.objects.len();
    buried.objects.push(Object {
        name: "metrics".to_string(),
        kind: "AtomicU64".to_string(),
        initial: Some("0".to_string()),
    });
    buried.steps.clear();
    for step in &timeline.steps {
        for i in 0..every {
            let value = buried.steps.len().to_string();
            buried.steps.push(Step {
                lane: match noise {
                    Noise::Actor => step.lane,
                    Noise::Stranger | Noise::Silent => stranger,
                },
                place: None,
                what: format!("counts to {i}"),
                effects: match noise {
                    Noise::Silent => Vec::new(),
                    Noise::Actor | Noise::Stranger => vec![Effect::Sets { object, value }],
                },
                at: None,
            });
        }
        buried.steps.push(step.clone());
    }
    buried
}

/// The numbers of the steps that a text picture shows.
pub fn numbers(text: &str) -> Vec<usize> {
    let first = text.lines().filter_map(|l| l.split_whitespace().next());
    first.filter_map(|word| word.parse().ok()).collect()
}

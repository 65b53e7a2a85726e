//! Rounds of a loop are told once, with their number.

use crate::build::{Build, E, On};
use crate::fold::numbers;
use crate::samples;

#[test]
fn a_step_that_repeats_is_told_once_with_its_count() {
    let mut build = Build::new("", &["main", "T1"]).object("ready", "AtomicBool", Some("false"));
    for _ in 0..500 {
        build = build.step(
            "main",
            4,
            "while !ready.load(Relaxed) {",
            "reads ready = false",
            &[E::Sees("ready", "false")],
        );
    }
    let text = build
        .fails("main never ends: it spins at line 4")
        .to_string();
    let rows: Vec<&str> = text.lines().filter(|l| l.contains("reads ready")).collect();
    assert_eq!(rows.len(), 2, "the repeated and the last\n{text}");
    assert!(rows[0].ends_with("reads ready = false ×499"), "{text}");
}

#[test]
fn the_last_step_of_a_stuck_lane_is_told_on_its_own() {
    let mut build = Build::new("", &["main", "T1"]).object("gate", "Condvar", None);
    for _ in 0..50 {
        build = build.step(
            "T1",
            4,
            "gate.notify_one();",
            "notifies gate",
            &[E::Uses("gate")],
        );
    }
    let text = build
        .stuck(
            "T1",
            5,
            "gate.wait(g)",
            "asleep on gate",
            On::Object("gate"),
        )
        .fails("T1 sleeps for ever")
        .to_string();
    assert_eq!(numbers(&text), [1, 50], "{text}");
}

#[test]
fn a_round_of_two_lanes_is_told_once_with_its_count() {
    let mut build = Build::new("", &["T1", "T2"]).object("turn", "AtomicU64", Some("0"));
    for _ in 0..30 {
        build = build
            .step(
                "T1",
                4,
                "turn.swap(1)",
                "turn: 0 → 1",
                &[E::Sees("turn", "0"), E::Sets("turn", "1")],
            )
            .step(
                "T2",
                9,
                "turn.swap(0)",
                "turn: 1 → 0",
                &[E::Sees("turn", "1"), E::Sets("turn", "0")],
            );
    }
    let text = build.passes("both go on").to_string();
    assert_eq!(numbers(&text), [1, 2], "{text}");
    assert!(text.contains("the 2 rows above, ×30 in all"), "{text}");
}

#[test]
fn rounds_that_differ_in_values_say_so_and_show_the_last_values() {
    let text = samples::long_loop().to_string();
    assert!(text.contains("×12 in all"), "{text}");
    let mut build = Build::new("", &["main"]).object("n", "AtomicU64", Some("0"));
    let values = ["0", "1", "2", "3", "4", "5"];
    for i in 0..5 {
        let effects = [E::Sees("n", values[i]), E::Sets("n", values[i + 1])];
        build = build.step(
            "main",
            4,
            "n.fetch_add(1)",
            &format!("n: {i} → {}", i + 1),
            &effects,
        );
    }
    let text = build.passes("").to_string();
    assert!(
        text.contains("the step above, ×5 in all, values apart  [n=5]"),
        "{text}"
    );
}

#[test]
fn a_step_that_does_something_else_is_no_further_round() {
    let mut build = Build::new("", &["main"]).object("orders", "channel", None);
    for what in ["receives from orders"; 4]
        .into_iter()
        .chain(["finds orders closed"; 4])
    {
        build = build.step("main", 4, "orders.recv()", what, &[E::Uses("orders")]);
    }
    let text = build.passes("").to_string();
    assert!(text.contains("receives from orders ×4"), "{text}");
    assert!(text.contains("finds orders closed ×4"), "{text}");
}

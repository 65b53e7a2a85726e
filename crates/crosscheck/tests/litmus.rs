//! The memory model: what the explorer finds, what loom finds, and what C++20 allows.

use std::collections::BTreeSet;

use crosscheck::litmus::{loom, ours};
use litmus::{Outcome, Program, TABLE, cpp20, parse, random};

/// As many random programs as `PROGRAMS` says; few in the ordinary tests.
fn programs() -> u64 {
    let given = std::env::var("PROGRAMS").ok().and_then(|n| n.parse().ok());
    given.unwrap_or(2_000)
}

fn assert_exact(name: &str, program: &Program) {
    let truth = cpp20::outcomes(program);
    let found = ours(program);
    let false_ones: BTreeSet<&Outcome> = found.difference(&truth.allowed).collect();
    assert!(
        false_ones.is_empty(),
        "{name}: {program:?} cannot end in {false_ones:?}"
    );
    let missed: BTreeSet<&Outcome> = truth.in_order.difference(&found).collect();
    assert!(
        missed.is_empty(),
        "{name}: {program:?} can end in {missed:?}"
    );
    assert_eq!(
        found, truth.in_order,
        "{name}: {program:?}: more than can be had in order"
    );
}

#[test]
fn the_explorer_finds_exactly_what_can_be_had_in_order() {
    for test in TABLE {
        assert_exact(test.name, &parse(test.program));
    }
}

#[test]
fn so_it_does_for_random_programs() {
    for seed in 0..programs() {
        assert_exact(&format!("seed {seed}"), &random(seed));
    }
}

/// Stores to one location take effect in the order in which they run, so a location's order never
/// contradicts what was read elsewhere. loom keeps that open.
const MISSED: &[&str] = &["2+2W rlx", "2+2W rel", "Z6.U", "S rlx"];

/// loom treats a `SeqCst` load or store as `Acquire` or `Release`, and only `SeqCst` fences as
/// what they are.
const STALE_SEQCST: &[&str] = &[
    "SB sc",
    "SB fence and sc",
    "IRIW sc",
    "IRIW sc reads",
    "2+2W sc",
    "RWC sc",
    "R sc",
];

/// loom lets another thread's write take effect between the two halves of a swap.
const SPLIT_SWAP: &[&str] = &["RS swap", "RS fence", "Z6.U"];

#[test]
fn it_finds_all_that_loom_finds_and_the_standard_allows() {
    let (mut missed, mut beyond) = (Vec::new(), Vec::new());
    for test in TABLE {
        let program = parse(test.program);
        // Four threads without a bound take loom minutes.
        let bound = if program.len() < 4 { None } else { Some(2) };
        let (truth, found) = (cpp20::outcomes(&program), ours(&program));
        let other = loom(bound, &program);
        if !other.is_subset(&truth.allowed) {
            beyond.push(test.name);
        }
        if other
            .intersection(&truth.allowed)
            .any(|outcome| !found.contains(outcome))
        {
            missed.push(test.name);
        }
    }
    assert_eq!(missed, MISSED);
    let known = |name: &&str| STALE_SEQCST.contains(name) || SPLIT_SWAP.contains(name);
    assert!(
        beyond.iter().all(known),
        "loom goes beyond the standard: {beyond:?}"
    );
    assert_eq!(
        beyond.len(),
        STALE_SEQCST.len() + SPLIT_SWAP.len(),
        "{beyond:?}"
    );
}

//! The enumeration of C++20 agrees with what was reasoned out by hand.

use litmus::{TABLE, cpp20, parse};

#[test]
fn the_enumeration_agrees_with_every_verdict_by_hand() {
    for test in TABLE {
        let outcomes = cpp20::outcomes(&parse(test.program));
        let found = outcomes.allowed.iter().any(|outcome| test.matches(outcome));
        assert_eq!(
            found, test.allowed,
            "{}: {} ({})",
            test.name, test.program, test.why
        );
        assert!(
            outcomes.in_order.is_subset(&outcomes.allowed),
            "{}",
            test.name
        );
    }
}

#[test]
fn only_four_sorts_of_outcomes_cannot_be_had_in_order() {
    let missed = TABLE.iter().filter(|test| {
        let outcomes = cpp20::outcomes(&parse(test.program));
        test.allowed
            && !outcomes
                .in_order
                .iter()
                .any(|outcome| test.matches(outcome))
    });
    let names: Vec<&str> = missed.map(|test| test.name).collect();
    assert_eq!(names, ["LB rlx", "2+2W rlx", "2+2W rel", "Z6.U", "S rlx"]);
}

//! Random programs over locks, conditions, barriers and channels: the same outcomes from the
//! explorer and from shuttle's exhaustive search.

use crosscheck::scripts::{depth_first, ours};
use scripts::random;

/// As many random scripts as `PROGRAMS` says; few in the ordinary tests.
fn programs() -> u64 {
    let given = std::env::var("PROGRAMS").ok().and_then(|n| n.parse().ok());
    given.unwrap_or(100)
}

#[test]
fn the_explorer_and_shuttle_find_the_same_outcomes() {
    let (mut with_deadlock, mut with_choice) = (0, 0);
    for seed in 0..programs() {
        let script = random(seed);
        let Some(theirs) = depth_first(&script) else {
            continue;
        };
        let mine = ours(&script);
        assert_eq!(mine.deadlock, theirs.deadlock, "seed {seed}: {script:?}");
        if theirs.deadlock {
            with_deadlock += 1;
        } else {
            assert_eq!(mine.ends, theirs.ends, "seed {seed}: {script:?}");
            with_choice += u64::from(theirs.ends.len() > 1);
        }
    }
    println!("{with_deadlock} with a deadlock, {with_choice} with more than one outcome");
    assert!(with_deadlock > 0 && with_choice > 0);
}

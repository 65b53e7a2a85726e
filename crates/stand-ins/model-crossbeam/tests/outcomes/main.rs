//! What small programs of channels can come to: the explorer without a bound against a plain
//! enumeration of all interleavings, which knows nothing of states, merging or departures.

mod enumeration;
mod explored;
mod program;

use std::collections::BTreeSet;

use program::{Op, Program};

/// What each thread has seen, in its own order; or that somebody waits for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The results of all operations, thread by thread.
    Over(Vec<Vec<String>>),
    /// Not all threads end.
    Stuck,
}

fn compare(program: &Program) -> usize {
    let expected: BTreeSet<Outcome> = enumeration::outcomes(program);
    let found = explored::outcomes(program);
    if expected.contains(&Outcome::Stuck) {
        assert!(
            found.contains(&Outcome::Stuck),
            "no deadlock found in {program:?}"
        );
    } else {
        assert_eq!(found, expected, "{program:?}");
    }
    expected.len()
}

#[test]
fn random_programs_come_to_all_they_can_and_no_more() {
    let (mut stuck, mut varied) = (0, 0);
    for seed in 0..400 {
        let program = program::random(seed);
        let outcomes = compare(&program);
        stuck += usize::from(enumeration::outcomes(&program).contains(&Outcome::Stuck));
        varied += usize::from(outcomes > 2);
    }
    // Otherwise the programs say little.
    assert!(stuck > 100 && varied > 120, "{stuck} {varied}");
}

#[test]
fn two_receivers_share_two_messages() {
    let program = Program {
        capacities: vec![None],
        threads: vec![
            vec![Op::Send(0), Op::Send(0)],
            vec![Op::Receive(0)],
            vec![Op::Receive(0)],
        ],
    };
    assert_eq!(compare(&program), 2);
}

#[test]
fn two_that_only_try_never_meet() {
    let program = Program {
        capacities: vec![Some(0)],
        threads: vec![
            vec![Op::Send(0), Op::TrySend(0)],
            vec![Op::Receive(0), Op::TryReceive(0)],
        ],
    };
    assert_eq!(compare(&program), 3);
}

#[test]
fn the_order_of_two_senders_matters_to_the_end() {
    let program = Program {
        capacities: vec![None],
        threads: vec![
            vec![Op::Send(0)],
            vec![Op::Send(0)],
            vec![Op::TryReceive(0), Op::TryReceive(0)],
            vec![Op::TryReceive(0), Op::TryReceive(0)],
        ],
    };
    assert!(compare(&program) > 20);
}

#[test]
fn a_select_takes_what_is_there() {
    let program = Program {
        capacities: vec![Some(0), Some(1)],
        threads: vec![
            vec![Op::Send(0)],
            vec![Op::Send(1)],
            vec![Op::Select(0, 1), Op::Select(0, 1)],
        ],
    };
    assert!(compare(&program) >= 2);
}

//! Programs of threads: the same verdict from all explorers, or a reason in the table.

use crosscheck::{compare, ours, threads};

#[test]
fn there_are_enough_programs_and_they_hold_and_break_in_equal_parts() {
    let programs = threads::programs();
    let broken = programs
        .iter()
        .filter(|p| p.expected.broken.is_some())
        .count();
    assert!(programs.len() >= 30, "{} programs", programs.len());
    assert!(broken * 3 >= programs.len() && broken * 3 <= programs.len() * 2);
}

#[test]
fn the_explorer_says_what_the_table_says() {
    for bound in [compare::BOUND, 3] {
        let wrong = threads::programs().into_iter().filter_map(|program| {
            compare::with_ours(&program.expected, &ours::threads(bound, program.ours))
        });
        assert_eq!(
            wrong.collect::<Vec<_>>(),
            Vec::<String>::new(),
            "bound {bound}"
        );
    }
}

#[test]
fn shuttle_says_the_same() {
    let programs = threads::programs().into_iter();
    let wrong = programs.flat_map(|p| compare::with_shuttle(&p.expected, p.shuttle));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn loom_says_the_same() {
    let programs = threads::programs().into_iter();
    let wrong = programs.filter_map(|p| compare::with_loom(&p.expected, p.loom));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

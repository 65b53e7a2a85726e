//! Programs of tasks: the same verdict from the explorer and from shuttle, or a reason in the
//! table.

use crosscheck::{compare, ours, tasks};

#[test]
fn there_are_enough_programs_and_they_hold_and_break_in_equal_parts() {
    let programs = tasks::programs();
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
        let wrong = tasks::programs().into_iter().filter_map(|program| {
            compare::with_ours(&program.expected, &ours::tasks(bound, program.ours))
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
    let programs = tasks::programs().into_iter();
    let wrong = programs.flat_map(|p| compare::tasks_with_shuttle(&p.expected, p.shuttle));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

//! The programs of tasks, and what must come out of them.

use std::fmt;

use programs_ours::tasks::Main;

use crate::Broken::{Deadlock, Panic};
use crate::expected::Expected;
use crate::expected::Says::{self, Nothing, Other};

/// A program as each explorer has it.
#[derive(Clone, Copy)]
pub struct Program {
    /// What must come out.
    pub expected: Expected,
    /// For the explorer.
    pub ours: fn() -> Main,
    /// For shuttle, where it can express it.
    pub shuttle: Option<fn() -> Main>,
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected.name)
    }
}

/// All programs of tasks.
///
/// # Panics
/// If a program stands in one list and not in another.
pub fn programs() -> Vec<Program> {
    let timed = programs_ours::time::PROGRAMS.iter().copied();
    let all = programs_ours::tasks::all().chain(timed);
    let programs: Vec<Program> = all
        .map(|(name, program)| {
            let other = programs_shuttle::tasks::all().find(|(other, _)| *other == name);
            let expected = EXPECTED.iter().find(|expected| expected.name == name);
            Program {
                expected: *expected.unwrap_or_else(|| panic!("{name} is not in the table")),
                ours: program,
                shuttle: other.map(|(_, program)| program),
            }
        })
        .collect();
    assert_eq!(
        programs.len(),
        EXPECTED.len(),
        "the table has names of no program"
    );
    programs
}

const LEAKS_PASS: Says = Other(None, "a task that is left behind passes");
const NO_TIME: Says = Nothing("sleeps do not take time, and timeouts never fire");
const NO_BROADCAST: Says = Nothing("has no broadcast");

#[rustfmt::skip]
const EXPECTED: &[Expected] = &[
    Expected::breaks("tasks_with_opposite_locks", Deadlock),
    Expected::holds("tasks_with_ordered_locks"),
    Expected::breaks("update_in_two_locks", Panic),
    Expected::holds("update_in_one_lock"),
    Expected::breaks("permit_within_a_permit", Deadlock),
    Expected::holds("one_permit_each"),
    Expected::holds("never_more_than_two"),
    Expected::breaks("read_then_write_in_one_task", Deadlock),
    Expected::holds("written_while_read"),

    Expected::breaks("task_keeps_a_sender", Deadlock),
    Expected::holds("task_lets_the_last_sender_go"),
    Expected::breaks("channels_that_fill_each_other", Deadlock),
    Expected::holds("channels_with_room"),
    Expected::holds("asked_and_answered"),
    Expected::breaks("asked_before_listening", Deadlock),
    Expected::breaks("order_of_two_senders", Panic),
    Expected::breaks("try_send_to_a_slow_one", Panic),
    Expected::breaks("answer_that_never_comes", Panic),

    Expected::breaks("notice_before_anybody_waits", Deadlock),
    Expected::holds("notice_is_kept_for_one"),
    Expected::breaks("looked_before_asking_for_notice", Deadlock),
    Expected::holds("asked_for_notice_before_looking"),
    Expected::breaks("second_half_is_lost", Panic),
    Expected::holds("two_halves_in_one"),
    Expected::breaks("first_of_two_answers", Panic),
    Expected::holds("watched_to_the_last_value"),
    Expected::breaks("watched_for_every_value", Panic),

    Expected::holds("spawned_and_joined"),
    Expected::breaks("not_joined", Panic),
    Expected::breaks("joined_in_order_of_spawning", Panic),
    Expected::breaks("aborted_between_two_steps", Panic),
    Expected::holds("aborted_around_one_step"),
    Expected::breaks("left_behind", Deadlock).shuttle(LEAKS_PASS),
    Expected::breaks("waits_for_oneself", Deadlock),

    Expected::breaks("timeout_keeps_the_permit", Deadlock).shuttle(NO_TIME),
    Expected::holds("timeout_gives_the_permit_back").shuttle(NO_TIME),
    Expected::breaks("slept_instead_of_joined", Panic).shuttle(NO_TIME),
    Expected::holds("heard_by_all").shuttle(NO_BROADCAST),
    Expected::breaks("too_slow_to_hear_all", Panic).shuttle(NO_BROADCAST),
];

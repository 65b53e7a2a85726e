//! The programs of threads, and what must come out of them.

use crate::Broken::{Deadlock, Endless, Panic};
use crate::expected::Expected;
use crate::expected::Says::{self, Nothing, Other};

/// A program as each explorer has it.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// What must come out.
    pub expected: Expected,
    /// For the explorer.
    pub ours: fn(),
    /// For shuttle.
    pub shuttle: fn(),
    /// For loom, where it can express it.
    pub loom: Option<fn()>,
}

/// All programs of threads.
///
/// # Panics
/// If a program stands in one list and not in another.
pub fn programs() -> Vec<Program> {
    use {programs_loom as loom, programs_ours as ours, programs_shuttle as shuttle};
    let all = ours::threads::all().chain(ours::channels::all());
    let programs: Vec<Program> = all
        .map(|(name, program)| {
            let mut shuttles = shuttle::threads::all().chain(shuttle::channels::all());
            let other = shuttles.find(|(other, _)| *other == name);
            let expected = EXPECTED.iter().find(|expected| expected.name == name);
            Program {
                expected: *expected.unwrap_or_else(|| panic!("{name} is not in the table")),
                ours: program,
                shuttle: other.expect("the same files").1,
                loom: loom::threads::all()
                    .find(|(other, _)| *other == name)
                    .map(|p| p.1),
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

const NO_WEAK_MEMORY: Says = Other(None, "every load reads the newest value");
const NO_SPURIOUS: Says = Other(None, "no wake-up is without a reason");
const OWN_LOCK: Says = Other(Some(Panic), "panics where a thread waits for its own lock");
const STALE_SEQCST: Says = Other(Some(Panic), "a SeqCst load may read an old value");
const ABORTS: Says = Nothing("aborts: the other guard is dropped while the deadlock unwinds");
const NO_CHANNELS: Says = Nothing("its channels do not close");
const NO_SUCH: Says = Nothing("has no barrier, scope or Once");

#[rustfmt::skip]
const EXPECTED: &[Expected] = &[
    Expected::breaks("lost_update_2", Panic),
    Expected::breaks("lost_update_3", Panic),
    Expected::holds("counted_atomically"),
    Expected::holds("counted_by_exchange"),
    Expected::holds("counted_under_a_lock"),
    Expected::breaks("withdrawn_twice", Panic),
    Expected::holds("withdrawn_once"),
    Expected::breaks("made_twice", Panic),
    Expected::holds("made_once"),

    Expected::breaks("opposite_locks", Deadlock),
    Expected::holds("ordered_locks"),
    Expected::breaks("three_philosophers", Deadlock),
    Expected::holds("three_ordered_philosophers"),
    Expected::breaks("locked_twice", Deadlock).shuttle(OWN_LOCK),
    Expected::holds("backing_off"),
    Expected::breaks("read_then_write", Deadlock).shuttle(OWN_LOCK).loom(ABORTS),
    Expected::holds("two_readers"),
    Expected::breaks("raised_between_read_and_write", Panic),
    Expected::holds("raised_under_write"),

    Expected::holds("spin_lock"),
    Expected::breaks("spin_lock_in_two_steps", Panic),
    Expected::breaks("spin_lock_relaxed", Panic).shuttle(NO_WEAK_MEMORY),
    Expected::holds("ticket_lock"),
    Expected::breaks("ticket_lock_in_two_steps", Panic),
    Expected::breaks("message_relaxed", Panic).shuttle(NO_WEAK_MEMORY),
    Expected::holds("message_released"),
    Expected::holds("message_fenced"),
    Expected::breaks("both_go_first", Panic).shuttle(NO_WEAK_MEMORY),
    Expected::holds("both_go_first_seqcst").loom(STALE_SEQCST),
    Expected::holds("peterson").loom(STALE_SEQCST),
    Expected::breaks("peterson_acquire", Panic).shuttle(NO_WEAK_MEMORY),
    Expected::holds("stopped_by_a_flag"),
    Expected::breaks("waits_for_nobody", Endless),

    Expected::breaks("lost_wakeup", Deadlock),
    Expected::holds("flag_under_the_lock"),
    Expected::breaks("flag_after_the_notice", Deadlock),
    Expected::breaks("woken_for_nothing", Panic).shuttle(NO_SPURIOUS).loom(NO_SPURIOUS),
    Expected::breaks("if_instead_of_while", Panic),
    Expected::holds("while_nothing_is_there"),
    Expected::breaks("one_condvar_for_two_sorts", Deadlock),
    Expected::holds("one_condvar_for_all"),
    Expected::holds("two_condvars"),
    Expected::breaks("notice_to_one_of_two", Deadlock),
    Expected::holds("permits"),
    Expected::breaks("permits_given_back_silently", Deadlock),
    Expected::holds("parked"),
    Expected::breaks("unparked_too_early", Deadlock),

    Expected::breaks("kept_sender", Deadlock).loom(NO_CHANNELS),
    Expected::holds("last_sender_goes").loom(NO_CHANNELS),
    Expected::holds("rendezvous").loom(NO_CHANNELS),
    Expected::breaks("rendezvous_with_oneself", Deadlock).loom(NO_CHANNELS),
    Expected::breaks("both_send_first", Deadlock).loom(NO_CHANNELS),
    Expected::breaks("both_full", Deadlock).loom(NO_CHANNELS),
    Expected::holds("pool_that_shuts_down").loom(NO_CHANNELS),
    Expected::breaks("pool_that_is_not_told", Deadlock).loom(NO_CHANNELS),
    Expected::breaks("lock_held_while_receiving", Deadlock).loom(NO_CHANNELS),
    Expected::breaks("first_answer_is_from_the_first", Panic).loom(NO_CHANNELS),
    Expected::breaks("looked_too_early", Panic).loom(NO_CHANNELS),
    Expected::breaks("receiver_is_gone", Panic).loom(NO_CHANNELS),

    Expected::holds("two_phases").loom(NO_SUCH),
    Expected::breaks("one_too_few", Deadlock).loom(NO_SUCH),
    Expected::holds("scoped_sum").loom(NO_SUCH),
    Expected::breaks("scoped_lost_update", Panic).loom(NO_SUCH),
    Expected::holds("initialised_once").loom(NO_SUCH),
    Expected::holds("borrowed_across_a_barrier").loom(NO_SUCH),
];

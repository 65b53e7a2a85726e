//! The table of what cannot be followed.

/// A row of words and signs that no stand-in can stop.
pub struct Rule {
    /// As it stands in a program; spaces do not count.
    pub what: &'static str,
    /// A sentence.
    pub instead: &'static str,
}

const COUNT: &str = "Count in a Mutex or an atomic of your own: whether an Arc is the last one \
                     depends on the order of drops, which is not tried out.";
const OWN: &str = "Take the value out of a Mutex or an Option, or return it from the thread or \
                   task: whether an Arc is the last one depends on the order of drops, which is \
                   not tried out.";
const WEAK: &str = "Hand over a clone, or say in a message that it is over: whether an upgrade \
                    succeeds depends on the order of drops, which is not tried out.";
const PRINT: &str = "Use println! or write! without the lock: who waits for it is not tried out.";
const FILE: &str = "Write the code in src/lib.rs, or in modules beside it.";

/// All of them.
pub const RULES: &[Rule] = &[
    Rule {
        what: "thread_local!",
        instead: "Pass the value as an argument, or keep it in the closure of the thread: under \
                  the grader all threads share one.",
    },
    Rule {
        what: "Arc::strong_count",
        instead: COUNT,
    },
    Rule {
        what: "Arc::weak_count",
        instead: COUNT,
    },
    Rule {
        what: "Arc::try_unwrap",
        instead: OWN,
    },
    Rule {
        what: "Arc::unwrap_or_clone",
        instead: OWN,
    },
    Rule {
        what: "Arc::into_inner",
        instead: OWN,
    },
    Rule {
        what: "Arc::get_mut",
        instead: OWN,
    },
    Rule {
        what: "Arc::make_mut",
        instead: OWN,
    },
    Rule {
        what: "Arc::downgrade",
        instead: WEAK,
    },
    Rule {
        what: "Arc::new_cyclic",
        instead: WEAK,
    },
    Rule {
        what: "Arc as",
        instead: "Keep the name Arc: the grader looks for what is done with it.",
    },
    Rule {
        what: "stdout().lock()",
        instead: PRINT,
    },
    Rule {
        what: "stderr().lock()",
        instead: PRINT,
    },
    Rule {
        what: "extern crate",
        instead: "Write `use`; the crates in Cargo.toml are there without it.",
    },
    Rule {
        what: "include!",
        instead: FILE,
    },
    Rule {
        what: "#[path",
        instead: FILE,
    },
    Rule {
        what: "asm!",
        instead: "Use the atomics of the standard library.",
    },
    Rule {
        what: "global_asm!",
        instead: "Use the atomics of the standard library.",
    },
];

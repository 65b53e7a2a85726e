//! How a program fails, as somebody meets it who has a bug in front of him.

use timeline::Report;

/// What one sees from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symptom {
    /// It waits for ever.
    Deadlock,
    /// One task holds the thread that all tasks share.
    Blocked,
    /// It computes for ever.
    Livelock,
    /// Something runs on after the end.
    LeftBehind,
    /// Something has died, and nothing says so.
    LostPanic,
    /// It panics.
    Panic,
    /// It ends, and the result is wrong.
    Wrong,
}

impl Symptom {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Deadlock,
        Self::Blocked,
        Self::Livelock,
        Self::LeftBehind,
        Self::LostPanic,
        Self::Panic,
        Self::Wrong,
    ];

    /// The id of its section.
    pub fn id(self) -> &'static str {
        match self {
            Self::Deadlock => "it-hangs",
            Self::Blocked => "everything-stands",
            Self::Livelock => "it-spins",
            Self::LeftBehind => "it-goes-on",
            Self::LostPanic => "it-died-silently",
            Self::Panic => "it-panics",
            Self::Wrong => "it-is-wrong",
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Deadlock => "It hangs, and no core is busy",
            Self::Blocked => "One task waits, and all others stand",
            Self::Livelock => "It never ends, and a core is busy",
            Self::LeftBehind => "It is over, and something still runs",
            Self::LostPanic => "Something has died, and nobody heard of it",
            Self::Panic => "It panics",
            Self::Wrong => "It ends, and the result is wrong",
        }
    }

    /// What to look at first.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Deadlock => {
                "A deadlock: everyone waits for somebody who waits. Ask of each thread or task what \
                 it waits for, and who would have to act; the ring closes within a few steps. A \
                 debugger shows where threads stand, a paused clock with a timeout stops a test of \
                 tasks."
            }
            Self::Blocked => {
                "A call that blocks its thread, inside a task. The tasks that share this thread, \
                 timers and timeouts among them, wait until it returns. Look for locks of `std` \
                 that are held over an await, for `thread::sleep`, for files and for long \
                 computations."
            }
            Self::Livelock => {
                "A loop that has something to do in every turn, and nothing to achieve: an await \
                 that is ready at once, a closed channel, an empty one that is asked again and \
                 again. On a runtime of one thread nothing else gets a turn, not even a timeout."
            }
            Self::LeftBehind => {
                "A task that nobody can reach any more. The number of live tasks grows while the \
                 load does not: `Handle::current().metrics().num_alive_tasks()`."
            }
            Self::LostPanic => {
                "In Go a panic ends the process. In Rust it ends its thread or task, and the rest \
                 learns of it only by asking: `join`, or awaiting the handle."
            }
            Self::Panic => {
                "The message and the line are there. What remains to be found is the schedule that \
                 leads to it, and an assumption that does not hold in it."
            }
            Self::Wrong => {
                "Nothing hangs and nothing panics: something is missing, is there twice, comes too \
                 late, in the wrong order, or to the wrong one. Count what goes in and what comes \
                 out, and look at who may take, drop or overtake what."
            }
        }
    }
}

/// How a broken program failed, and what its check said about it. `at` says whether a line of the
/// program, or of its check, is one that panics.
pub fn of(report: &Report, panics: impl Fn(Source, usize) -> bool) -> (Symptom, String) {
    let summary = match &report.timeline {
        Some(timeline) => timeline.outcome.summary.as_str(),
        None => report.message.lines().next().unwrap_or_default(),
    };
    let (kind, rest) = summary.split_once(": ").unwrap_or(("", summary));
    let symptom = match kind {
        "deadlock" => Symptom::Deadlock,
        "blocks the whole runtime" => Symptom::Blocked,
        "livelock" | "too long" => Symptom::Livelock,
        "left behind" => Symptom::LeftBehind,
        "lost panic" => Symptom::LostPanic,
        _ => {
            // A check says what is wrong by an assertion that fails, which is a panic too.
            let line = line_of(rest);
            let check = line.is_some_and(|line| panics(Source::Check, line));
            let program = line.is_some_and(|line| panics(Source::Program, line));
            match program && !check {
                true => Symptom::Panic,
                false => Symptom::Wrong,
            }
        }
    };
    (symptom, said(symptom, rest))
}

/// The two files that a panic may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// broken.rs.
    Program,
    /// The check.
    Check,
}

/// Whether a line of a program panics by itself.
pub fn may_panic(line: &str) -> bool {
    let words = [
        "expect(",
        "unwrap(",
        "panic!",
        "assert",
        "select!",
        "unreachable!",
    ];
    words.iter().any(|word| line.contains(word))
}

/// The number in the last `at line 17`.
fn line_of(summary: &str) -> Option<usize> {
    let (_, rest) = summary.rsplit_once("at line ")?;
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

/// The summary without the words that its group says already.
fn said(symptom: Symptom, rest: &str) -> String {
    if symptom != Symptom::Wrong {
        return rest.to_owned();
    }
    let rest = match rest.split_once(" panicked: ") {
        Some((_, message)) => message,
        None => rest,
    };
    let rest = match rest.split_once(" panicked (") {
        Some((_, message)) => message.split(')').next().unwrap_or(message),
        None => rest,
    };
    let end = rest.rfind(" at line ").unwrap_or(rest.len());
    rest[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(summary: &str) -> Report {
        let text = format!(
            "{{\"schema\":1,\"nonce\":\"n\",\"world\":\"tasks\",\"verdict\":\"failed\",\
             \"schedules\":1,\"coverage\":{{\"kind\":\"everything\"}},\"message\":{}}}",
            serde_json::Value::String(format!("{summary}\nfound in schedule 1"))
        );
        Report::parse(&text).expect("a report")
    }

    fn symptom(summary: &str) -> (Symptom, String) {
        of(&report(summary), |source, line| match source {
            Source::Check => line == 10,
            Source::Program => matches!(line, 10 | 14),
        })
    }

    #[test]
    fn a_failure_has_its_symptom() {
        for (summary, expected, said) in [
            (
                "deadlock: main and T1 wait for ever",
                Symptom::Deadlock,
                "main and T1 wait for ever",
            ),
            (
                "blocks the whole runtime: main sleeps",
                Symptom::Blocked,
                "main sleeps",
            ),
            (
                "livelock: T1 never yields",
                Symptom::Livelock,
                "T1 never yields",
            ),
            (
                "too long: not over after 10,000 steps",
                Symptom::Livelock,
                "not over after 10,000 steps",
            ),
            (
                "left behind: main is over, and T1 is not",
                Symptom::LeftBehind,
                "main is over, and T1 is not",
            ),
            (
                "lost panic: T1 panicked (x at line 19)",
                Symptom::LostPanic,
                "T1 panicked (x at line 19)",
            ),
            (
                "panic: main panicked: no branch at line 14",
                Symptom::Panic,
                "main panicked: no branch at line 14",
            ),
            (
                "panic: main panicked: 1 of 2: seen at line 10",
                Symptom::Wrong,
                "1 of 2: seen",
            ),
            (
                "panic: main panicked: 0 of 2 at line 99",
                Symptom::Wrong,
                "0 of 2",
            ),
            (
                "panic: T3 panicked (3 uploads at line 53), and main passed it on",
                Symptom::Wrong,
                "3 uploads",
            ),
        ] {
            assert_eq!(symptom(summary), (expected, said.to_owned()), "{summary}");
        }
    }

    #[test]
    fn a_line_that_panics_is_known() {
        assert!(may_panic("let x = y.unwrap();"));
        assert!(!may_panic("let x = y.await;"));
    }
}

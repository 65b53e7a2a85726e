//! How a program fails, as somebody meets it who has a bug in front of him.

use timeline::Report;

/// What one sees from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symptom {
    /// It waits for ever, somebody at a lock or a permit.
    HangsAtLock,
    /// It waits for ever, somebody at a channel.
    HangsAtChannel,
    /// It waits for ever for a signal, a value or an end.
    HangsAtSignal,
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
    pub const ALL: [Self; 9] = [
        Self::HangsAtLock,
        Self::HangsAtChannel,
        Self::HangsAtSignal,
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
            Self::HangsAtLock => "it-hangs-at-a-lock",
            Self::HangsAtChannel => "it-hangs-at-a-channel",
            Self::HangsAtSignal => "it-hangs-for-a-signal",
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
            Self::HangsAtLock => "It hangs, at a lock or a permit",
            Self::HangsAtChannel => "It hangs, at a channel",
            Self::HangsAtSignal => "It hangs, and waits for a signal or an end",
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
            Self::HangsAtLock => {
                "No core is busy, and somebody waits for a lock or a permit. Ask who holds it, and \
                 what that one waits for; the ring closes within a few steps. It may be one thread \
                 that waits for itself. A debugger shows where threads stand; a paused clock and a \
                 timeout end a test of tasks."
            }
            Self::HangsAtChannel => {
                "No core is busy, and somebody sends or receives. A receiver waits as long as one \
                 sender is left: look for one that is kept. A sender waits for room: look for who \
                 should receive, and what that one does instead."
            }
            Self::HangsAtSignal => {
                "No core is busy, and somebody waits for a notification, a count, a value, or for \
                 somebody else to be over. The signal was given before anybody listened, was taken \
                 by another, or will not come, because the one who gives it has left."
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

/// How a broken program failed, and what its check said about it. `panics` says whether a line of
/// the program, or of its check, is one that panics.
pub fn of(report: &Report, panics: impl Fn(Source, usize) -> bool) -> (Symptom, String) {
    let outcome = report.timeline.as_ref().map(|timeline| &timeline.outcome);
    let summary = match outcome {
        Some(outcome) => outcome.summary.as_str(),
        None => report.message.lines().next().unwrap_or_default(),
    };
    let (kind, rest) = summary.split_once(": ").unwrap_or(("", summary));
    let symptom = match kind {
        "deadlock" => {
            let waits = waits(report);
            let said = match waits.is_empty() {
                true => rest.to_owned(),
                false => waits.join("; "),
            };
            return (hangs(&said), without_lines(&said));
        }
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
                false => return (Symptom::Wrong, message(rest)),
            }
        }
    };
    (symptom, without_lines(rest))
}

/// Who waits for what in a deadlock. That one waits for another to end says nothing as long as it is
/// not the only thing.
fn waits(report: &Report) -> Vec<String> {
    let Some(timeline) = &report.timeline else {
        return Vec::new();
    };
    let stuck = &timeline.outcome.stuck;
    let joins =
        |what: &str| what.ends_with(" to end") || what.starts_with("waits for the end of a task");
    let only_joins = stuck.iter().all(|stuck| joins(&stuck.what));
    let telling = stuck
        .iter()
        .filter(|stuck| only_joins || !joins(&stuck.what));
    let name = |lane: usize| {
        timeline
            .lanes
            .get(lane)
            .map_or("", |lane| lane.name.as_str())
    };
    telling
        .map(|stuck| format!("{} {}", name(stuck.lane), stuck.what))
        .collect()
}

fn hangs(said: &str) -> Symptom {
    let any = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if any(&["for lock ", "read lock ", "write lock ", "a permit"]) {
        Symptom::HangsAtLock
    } else if any(&["room in ", "a message in ", "its message in "]) {
        Symptom::HangsAtChannel
    } else {
        Symptom::HangsAtSignal
    }
}

/// The two files that a panic may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// broken.rs.
    Program,
    /// The check.
    Check,
}

/// Whether a line panics by itself. A check has lines that expect what always holds; its word is an
/// assertion.
pub fn may_panic(source: Source, line: &str) -> bool {
    let words: &[&str] = match source {
        Source::Program => &[
            "expect(",
            "unwrap(",
            "panic!",
            "assert",
            "select!",
            "unreachable!",
        ],
        Source::Check => &["assert", "panic!"],
    };
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

/// The message of a panic, without who panicked where.
fn message(rest: &str) -> String {
    let rest = match (
        rest.split_once(" panicked: "),
        rest.split_once(" panicked ("),
    ) {
        (Some((_, message)), _) => message,
        (None, Some((_, message))) => message
            .rsplit_once(')')
            .map_or(message, |(inside, _)| inside),
        (None, None) => rest,
    };
    without_lines(rest)
}

/// The text without its line numbers: they are of a file that this page does not show.
fn without_lines(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let marks = [" since line ", " at line "];
    while let Some((at, mark)) = marks.iter().filter_map(|m| Some((rest.find(m)?, m))).min() {
        out.push_str(&rest[..at]);
        rest = rest[at + mark.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out + rest
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
        use Symptom::*;
        for (summary, expected, said) in [
            (
                "deadlock: main waits for lock a (held by T1 since line 4)",
                HangsAtLock,
                "main waits for lock a (held by T1)",
            ),
            (
                "deadlock: main waits for room in labels",
                HangsAtChannel,
                "main waits for room in labels",
            ),
            (
                "deadlock: main waits for ever",
                HangsAtSignal,
                "main waits for ever",
            ),
            (
                "blocks the whole runtime: main sleeps",
                Blocked,
                "main sleeps",
            ),
            ("livelock: T1 never yields", Livelock, "T1 never yields"),
            (
                "too long: not over after 10,000 steps",
                Livelock,
                "not over after 10,000 steps",
            ),
            (
                "left behind: main is over, and T1, spawned at line 19, is not",
                LeftBehind,
                "main is over, and T1, spawned, is not",
            ),
            (
                "lost panic: T1 panicked (x at line 19)",
                LostPanic,
                "T1 panicked (x)",
            ),
            (
                "panic: main panicked: no branch at line 14",
                Panic,
                "main panicked: no branch",
            ),
            (
                "panic: main panicked: 1 of 2: seen at line 10",
                Wrong,
                "1 of 2: seen",
            ),
            ("panic: main panicked: 0 of 2 at line 99", Wrong, "0 of 2"),
            (
                "panic: T3 panicked (3 uploads (x) at line 53), and main passed it on",
                Wrong,
                "3 uploads (x)",
            ),
        ] {
            assert_eq!(symptom(summary), (expected, said.to_owned()), "{summary}");
        }
    }

    #[test]
    fn a_deadlock_is_told_by_what_each_waits_for() {
        let mut report = report("deadlock: main and T1 wait for ever");
        let timeline = r#"{"title":"","lanes":[{"name":"main"},{"name":"T1"}],"objects":[],"steps":[],
            "outcome":{"failed":true,"summary":"deadlock: main and T1 wait for ever","stuck":[
            {"lane":0,"what":"waits for T1 to end"},{"lane":1,"what":"asleep on changed"}]}}"#;
        report.timeline = Some(serde_json::from_str(timeline).expect("a timeline"));
        let told = of(&report, |_, _| false);
        assert_eq!(
            told,
            (Symptom::HangsAtSignal, "T1 asleep on changed".to_owned())
        );
    }

    #[test]
    fn a_line_that_panics_is_known() {
        assert!(may_panic(Source::Program, "let x = y.unwrap();"));
        assert!(!may_panic(Source::Program, "let x = y.await;"));
        assert!(may_panic(Source::Check, "assert_eq!(x, 1);"));
        assert!(!may_panic(
            Source::Check,
            "send(order).await.expect(\"open\");"
        ));
    }
}

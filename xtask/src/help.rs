//! What the runner says about itself.

/// Something to explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The runner as a whole.
    All,
    /// `list`
    List,
    /// `check`
    Check,
    /// `demo`
    Demo,
    /// `hint`
    Hint,
    /// `book`
    Book,
    /// `verify`
    Verify,
    /// `mutants`
    Mutants,
}

impl Topic {
    /// The topic of a command, by its name.
    pub fn of(command: &str) -> Option<Self> {
        Some(match command {
            "list" => Self::List,
            "check" => Self::Check,
            "demo" => Self::Demo,
            "hint" => Self::Hint,
            "book" => Self::Book,
            "verify" => Self::Verify,
            "mutants" => Self::Mutants,
            _ => return None,
        })
    }

    /// Whether the command runs programs, and so takes a limit.
    pub fn runs_programs(self) -> bool {
        matches!(
            self,
            Self::Check | Self::Demo | Self::Book | Self::Verify | Self::Mutants
        )
    }

    /// The explanation.
    pub fn text(self) -> &'static str {
        match self {
            Self::All => ALL,
            Self::List => LIST,
            Self::Check => CHECK,
            Self::Demo => DEMO,
            Self::Hint => HINT,
            Self::Book => BOOK,
            Self::Verify => VERIFY,
            Self::Mutants => MUTANTS,
        }
    }

    /// Where to read on.
    pub fn see_help(self) -> &'static str {
        match self {
            Self::All => "see `cargo xtask --help`",
            Self::List => "see `cargo xtask list --help`",
            Self::Check => "see `cargo xtask check --help`",
            Self::Demo => "see `cargo xtask demo --help`",
            Self::Hint => "see `cargo xtask hint --help`",
            Self::Book => "see `cargo xtask book --help`",
            Self::Verify => "see `cargo xtask verify --help`",
            Self::Mutants => "see `cargo xtask mutants --help`",
        }
    }
}

const ALL: &str = "\
The workshop's runner.

Usage: cargo xtask COMMAND [ARGUMENTS]

To learn:
  list     show the chapters, their exercises, and which of them you have solved
  demo     show a chapter's mistakes: the broken program, how it breaks, the repair
  check    grade an exercise: is it right in every order in which things can happen?
  hint     give a hint, one more each time
  book     make the book, and show it in a browser with --open

To look after the workshop:
  verify   run every test: chapters, exercises, solutions, wrong answers
  mutants  change a solution in one place after the other: do the properties notice?

`cargo xtask COMMAND --help` says more about one command.

A good start:
  cargo xtask demo ch01
  cargo xtask list
  cargo xtask check          grades the first exercise that is not solved

Exit status: 0 all passed, 1 something graded did not pass, 2 the runner could not do its work.
";

const LIST: &str = "\
Show the chapters, their exercises, and which of them you have solved.

Usage: cargo xtask list

An exercise counts as solved when `cargo xtask check` passed it and its files have not changed
since.
";

const CHECK: &str = "\
Grade exercises.

Usage: cargo xtask check [SELECTOR...] [OPTIONS]

SELECTOR
  ch05                one chapter
  ch05/backpressure   one exercise
  all                 everything
  none                the first exercise that is not solved

Each exercise states in its grade.rs what must hold. Every such property is tried in all the
orders in which threads or tasks can run, up to a bound that the verdict names. Where one breaks
it, you see that order, the simplest there is.

Options:
  --solutions       grade the reference solutions instead of your files
  --replay TOKEN    run one order of one property again; the report of a failure names the token
  --limit SECONDS   how long one property may take (10); compiling does not count
  --json            print one JSON document and nothing else
  -h, --help        this text

Exit status: 0 all passed, 1 something did not pass, 2 the runner could not do its work.
";

const DEMO: &str = "\
Show what goes wrong in a chapter, and what mends it.

Usage: cargo xtask demo CHAPTER [PAIR] [--limit SECONDS]

  cargo xtask demo ch01              every pair of the chapter
  cargo xtask demo ch01 lost-panic   one pair

For each pair: the explanation, the order of events that breaks the broken program, and the
verdict on the fixed one. The two programs are src/PAIR/broken.rs and src/PAIR/fixed.rs in the
chapter's crate.
";

const HINT: &str = "\
Give a hint for an exercise. Each call gives one more.

Usage: cargo xtask hint [SELECTOR] [--all]

  cargo xtask hint ch05/backpressure   the next hint
  cargo xtask hint                     for the first exercise that is not solved
  cargo xtask hint SELECTOR --all      all of them
";

const BOOK: &str = "\
Make the book: every chapter, with pictures of what goes wrong.

Usage: cargo xtask book [OPTIONS]

  cargo xtask book --open      read it
  cargo xtask book --serve     write it: what you change is seen at once

The pictures come from the programs as they are now, so each check of each chapter is run first.
One that does not come out as its chapter states is told, and so is everything that is wrong with
a page; the last good book is kept then. What has not changed is not run again. The book is made
in target/book/html, and needs no network, neither then nor later.

Options:
  --open            show the book in a browser
  --serve           serve it at http://127.0.0.1:3000/, make it anew when a page or a program
                    changes, and reload the pages that are open; Ctrl-C ends that
  --port PORT       serve it at another port; 0 takes any that is free
  --bundle [FILE]   put it into one file for people without a network
                    (target/book/workshop-book.zip)
  --limit SECONDS   how long one check may take (10); compiling does not count
  -h, --help        this text

Exit status: 0 the book is made, 1 something is wrong with it, 2 the runner could not do its work.
";

const VERIFY: &str = "\
Check the workshop itself. This is what CI runs.

Usage: cargo xtask verify [CHAPTER...] [--accept] [--limit SECONDS]

Runs the tests of the workspace; then, for every chapter: both programs of each pair behave as
stated, each exercise's stub fails, its solutions pass, each wrong answer is caught by the
property that it names, and rustc refuses the refused examples for the stated reason. The
coverage ledger is checked as well. With chapters named, only theirs.

Options:
  --accept          write the pictures of the pairs that have changed; `git diff` shows them
  --limit SECONDS   how long one program may take (10)

The last line is `N passed, N failed`.
";

const MUTANTS: &str = "\
Find out what the properties of an exercise do not notice.

Usage: cargo xtask mutants SELECTOR... [--limit SECONDS]

Makes a copy of the reference solution for each small change to it: a statement or a branch is
left out, two statements change places, a condition is turned round, a number is one more. Those
that compile are graded. A copy that passes is shown: either it behaves like the solution, or a
property or a wrong answer is missing.

  cargo xtask mutants ch05/backpressure

Options:
  --limit SECONDS   how long one property may take (10)

Exit status: 0 every change was noticed, 1 some were not, 2 the runner could not do its work.
";

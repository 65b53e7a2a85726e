//! The tests of the workspace: `cargo test --workspace`.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::thread;

use anyhow::{Context, Result, bail};

use super::tally::Tally;
use crate::build;
use crate::interrupt;
use crate::style::StatusLine;
use crate::tree::{self, Tree};
use crate::workshop::Workshop;

/// Runs them all and counts.
///
/// # Errors
/// When cargo cannot be started.
pub fn verify(workshop: &Workshop, tally: &mut Tally) -> Result<()> {
    tally.section("tests of the workspace");
    let mut command = build::cargo();
    command
        .args(["test", "--workspace", "--no-fail-fast", "--color=never"])
        .env("INSTA_UPDATE", "no")
        .env("INSTA_FORCE_PASS", "0")
        .current_dir(&workshop.root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // Tests run runners, which run programs: whoever is interrupted leaves orphans.
    tree::adopt_orphans();
    let mut tree = Tree::spawn(command).context("cannot start cargo")?;
    let complaints = tree
        .stderr()
        .map(|stderr| thread::spawn(move || read(stderr)));
    let stdout = tree.stdout().map_or_else(String::new, read);
    let complaints = complaints
        .and_then(|reader| reader.join().ok())
        .unwrap_or_default();
    let status = tree.wait().context("cannot wait for cargo")?;
    drop(tree);
    tree::end_orphans();
    if interrupt::happened() {
        bail!("interrupted");
    }
    let (passed, failed) = counts(&stdout);
    tally.add(passed, failed);
    if !status.success() && failed == 0 {
        tally.note("cargo test --workspace", Err(complaints));
    } else if failed > 0 {
        // What failed was counted; this only tells.
        crate::report::say(&failures(&stdout));
    }
    Ok(())
}

/// Reads to the end, and says what is being done on the way.
fn read(source: impl Read) -> String {
    let line = StatusLine::shared();
    let mut all = String::new();
    for text in BufReader::new(source).lines().map_while(Result::ok) {
        let news = text.trim_start();
        if news.starts_with("Running ") || news.starts_with("Compiling ") {
            line.show(news);
        }
        all.push_str(&text);
        all.push('\n');
    }
    all
}

/// The sums of libtest's summary lines: `test result: ok. 5 passed; 0 failed; …`.
fn counts(output: &str) -> (usize, usize) {
    let mut sums = (0, 0);
    for line in output
        .lines()
        .filter_map(|line| line.strip_prefix("test result: "))
    {
        let number = |noun: &str| -> usize {
            let words: Vec<&str> = line
                .split([' ', ';'])
                .filter(|word| !word.is_empty())
                .collect();
            let at = words.iter().position(|word| *word == noun);
            at.and_then(|at| words.get(at.checked_sub(1)?)?.parse().ok())
                .unwrap_or(0)
        };
        sums.0 += number("passed");
        sums.1 += number("failed");
    }
    sums
}

/// What libtest says about the tests that failed.
fn failures(output: &str) -> String {
    let mut out = String::new();
    let mut shown = false;
    for line in output.lines() {
        match line {
            "failures:" => shown = true,
            _ if line.starts_with("test result: ") => shown = false,
            _ => {}
        }
        if shown {
            out.push_str("    ");
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
running 2 tests
test a ... ok
test b ... FAILED

failures:

---- b stdout ----
no

failures:
    b

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.02s

test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s
";

    #[test]
    fn summaries_are_added_up() {
        assert_eq!(counts(OUTPUT), (13, 1));
        assert_eq!(counts(""), (0, 0));
    }

    #[test]
    fn only_failures_are_told() {
        let told = failures(OUTPUT);
        assert!(
            told.contains("---- b stdout ----") && !told.contains("... ok"),
            "{told}"
        );
    }
}

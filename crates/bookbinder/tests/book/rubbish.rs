//! What is wrong is told, with its place.

use crate::workshop::{CHAPTER, Workshop};

/// Replaces `old` by `new` on the page of the chapter; the one problem that follows has to stand at
/// the line of `new` and to say `what`.
#[track_caller]
fn told(name: &str, old: &str, new: &str, what: &str) {
    let workshop = Workshop::new(name);
    workshop.replace(CHAPTER, old, new);
    let line = workshop.line(CHAPTER, new.lines().last().unwrap_or(new));
    let place = format!("{CHAPTER}:{line}: ");
    let problems = workshop.build();
    let said = |p: &String| p.starts_with(&place) && p.contains(what);
    assert!(
        problems.iter().any(said),
        "no `{place}… {what}` in {problems:#?}"
    );
}

#[test]
fn a_directive_that_means_nothing() {
    let why = "{{#why opposite_transfers}}";
    for (number, (new, what)) in [
        ("{{#wyh opposite_transfers}}", "no directive `#wyh`"),
        ("See {{#why opposite_transfers}}", "alone on its line"),
        ("  {{#why opposite_transfers}}", "alone on its line"),
        ("{{#why}}", "a pair is missing"),
        (
            "{{#why lost_wakeup}}",
            "no pair `lost_wakeup`; it has opposite_transfers",
        ),
        ("{{#why ch99/lost_wakeup}}", "no chapter `ch99`"),
        (
            "{{#refused three_owners}}",
            "no refused example `three_owners`; it has two_owners",
        ),
        ("{{#exercise jobs}}", "no exercise `jobs`; it has job-queue"),
        ("{{/notes}}", "no notes are open"),
    ]
    .into_iter()
    .enumerate()
    {
        told(&format!("directive-{number}"), why, new, what);
    }
}

#[test]
fn code_that_is_not_there() {
    let include = "{{#include crates/ch01-bank/src/opposite_transfers/fixed.rs:transfer}}";
    let file = "{{#include crates/ch01-bank/src/opposite_transfers/fixed.rs";
    for (number, (new, what)) in [
        (
            "{{#include crates/ch01-bank/src/mended.rs}}".to_owned(),
            "cannot read crates/ch01-bank/src/mended.rs",
        ),
        (
            "{{#include ../secret.rs}}".to_owned(),
            "no path from the root",
        ),
        (
            format!("{file}:transfers}}}}"),
            "no item or anchor `transfers`; there is Account, transfer, run",
        ),
        (format!("{file}:transfer"), "is not closed"),
    ]
    .into_iter()
    .enumerate()
    {
        told(&format!("include-{number}"), include, &new, what);
    }
}

#[test]
fn an_item_that_could_be_two() {
    let workshop = Workshop::new("ambiguous");
    let program = "struct A;\nimpl A {\n    fn go() {}\n}\nimpl Drop for A {\n    fn go() {}\n}\n";
    workshop.write("crates/ch01-bank/two.rs", program);
    let include = "{{#include crates/ch01-bank/src/opposite_transfers/fixed.rs:transfer}}";
    let new = "{{#include crates/ch01-bank/two.rs:A::go}}";
    workshop.replace(CHAPTER, include, new);
    let place = format!("{CHAPTER}:{}: ", workshop.line(CHAPTER, new));
    let expected =
        format!("{place}crates/ch01-bank/two.rs: `A::go` stands for 2 items, at the lines 3, 6");
    let problems = workshop.build();
    assert!(
        problems.iter().any(|p| p.starts_with(&expected)),
        "{problems:#?}"
    );
}

#[test]
fn notes_and_code_that_are_not_closed() {
    let workshop = Workshop::new("notes");
    workshop.replace(CHAPTER, "{{/notes}}\n", "");
    let line = workshop.line(CHAPTER, "{{#notes}}");
    let problems = workshop.build();
    let expected = format!("{CHAPTER}:{line}: these notes are not closed");
    assert!(
        problems.iter().any(|p| p.starts_with(&expected)),
        "{problems:#?}"
    );
    told(
        "fence",
        "```rust\n",
        "~~~rust\n",
        "this block of code is not closed",
    );
}

#[test]
fn who_does_not_catch_it() {
    let caught = "{{#caught opposite_transfers threads}}";
    for (number, (who, what)) in [
        ("tasks", "fails in the world of `threads`: name it"),
        (
            "threads tasks",
            "no check of ch01/opposite_transfers fails in the world of `tasks`",
        ),
        ("threads memory-model", "in the world of `memory-model`"),
        ("clippy threads", "no `expect` of a lint of clippy"),
        ("rustc threads", "no `expect` of a lint of rustc"),
        ("threads miri", "`miri` is none of"),
    ]
    .into_iter()
    .enumerate()
    {
        let new = format!("{{{{#caught opposite_transfers {who}}}}}");
        told(&format!("caught-{number}"), caught, &new, what);
    }
}

/// Changes the evidence; the directive that shows it has to be named with its line.
#[track_caller]
fn evidence(name: &str, old: &str, new: &str, directive: &str, what: &str) {
    let workshop = Workshop::new(name);
    workshop.replace("evidence.json", old, new);
    let line = workshop.line(CHAPTER, directive);
    let place = format!("{CHAPTER}:{line}: ");
    let problems = workshop.build();
    let said = |p: &String| p.starts_with(&place) && p.contains(what);
    assert!(
        problems.iter().any(said),
        "no `{place}… {what}` in {problems:#?}"
    );
}

#[test]
fn checks_that_did_not_come_out_as_stated() {
    let picture = "{{#picture opposite_transfers}}";
    let diff = "{{#diff opposite_transfers}}";
    let play = "{{#play opposite_transfers}}";
    let broken = "\"opposite_transfers::broken\"";
    let fixed = "\"opposite_transfers::fixed\"";
    evidence(
        "no-broken",
        broken,
        "\"x::broken\"",
        picture,
        "no evidence for opposite_transfers::broken",
    );
    evidence(
        "no-fixed",
        fixed,
        "\"x::fixed\"",
        diff,
        "no evidence for opposite_transfers::fixed",
    );
    let failed = "\"verdict\": \"failed\"";
    let passed = "\"verdict\": \"passed\"";
    evidence(
        "holds",
        failed,
        passed,
        picture,
        "did not come out as the pair states",
    );
    evidence(
        "fails",
        passed,
        failed,
        diff,
        "did not come out as the pair states",
    );
    evidence(
        "no-graph",
        "\"graph\"",
        "\"grph\"",
        play,
        "there is no graph of crates/ch01-bank",
    );
    let what = "not a report: missing field `states`";
    evidence("not-a-graph", "\"states\"", "\"sates\"", play, what);
    let line = "\"source\": \"let mut source";
    let large = format!("\"source\": \"{} source", "x".repeat(50_000));
    evidence("large", line, &large, play, "and may have 50000");
}

#[test]
fn a_pair_that_explains_nothing() {
    let workshop = Workshop::new("explains");
    let file = "crates/ch01-bank/src/opposite_transfers/mod.rs";
    workshop.replace(file, "//! **What goes wrong.** Each", "//! Each");
    let problems = workshop.build();
    assert!(
        problems
            .iter()
            .any(|p| p.contains(&format!("{file} does not have **What goes wrong.**"))),
        "{problems:#?}"
    );
}

#[test]
fn a_refused_example_without_a_mark() {
    let workshop = Workshop::new("mark");
    workshop.replace("crates/ch01-bank/refused/two_owners.rs", " //~", "");
    let problems = workshop.build();
    assert!(
        problems
            .iter()
            .any(|p| p.contains("marks no line with `//~`")),
        "{problems:#?}"
    );
}

#[test]
fn what_mdbook_only_mutters() {
    let (old, new) = ("# The bank", "# The bank\n\nA <b>bold word");
    told("html", old, new, "unclosed HTML tag `<b>`");
}

#[test]
fn links_that_lead_nowhere() {
    for (number, (link, what)) in [
        ("ch02-none.md", "ch02-none"),
        ("reference/coverage.md#none", "none"),
        ("#none", "none"),
    ]
    .into_iter()
    .enumerate()
    {
        let new = format!("# The bank\n\nSee [it]({link}) there.");
        let workshop = Workshop::new(&format!("link-{number}"));
        workshop.replace(CHAPTER, "# The bank", &new);
        let place = format!("{CHAPTER}:{}: ", workshop.line(CHAPTER, "See [it]"));
        let problems = workshop.build();
        let said = |p: &String| p.starts_with(&place) && p.contains(what);
        assert!(problems.iter().any(said), "{link}: {problems:#?}");
    }
}

#[test]
fn a_directive_in_a_comment_shows_nothing() {
    let workshop = Workshop::new("comment");
    let why = "{{#why opposite_transfers}}";
    workshop.replace(CHAPTER, why, &format!("<!--\n{why}\n-->"));
    let problems = workshop.build();
    let expected = format!("{CHAPTER}: the pair `opposite_transfers` lacks {{{{#why}}}}");
    assert_eq!(problems, [expected]);
}

#[test]
fn an_include_that_fails_is_one_problem() {
    let workshop = Workshop::new("one-problem");
    workshop.replace(CHAPTER, "fixed.rs:transfer}}", "fixed.rs:transfers}}");
    let problems = workshop.build();
    assert_eq!(problems.len(), 1, "{problems:#?}");
}

#[test]
fn a_lint_that_is_not_said() {
    let workshop = Workshop::new("lint");
    let broken = "crates/ch01-bank/src/opposite_transfers/broken.rs";
    let text = workshop.read(broken);
    let lint = "#![expect(clippy::await_holding_lock)]\n";
    workshop.write(broken, &format!("{lint}{text}"));
    let caught = "{{#caught opposite_transfers threads}}";
    let line = workshop.line(CHAPTER, caught);
    let expected =
        format!("{CHAPTER}:{line}: {broken} expects a lint of clippy, so that clippy catches it");
    let problems = workshop.build();
    assert!(
        problems.iter().any(|p| p.starts_with(&expected)),
        "{problems:#?}"
    );
}

#[test]
fn what_is_listed_and_not_there() {
    let summary = "book/src/SUMMARY.md";
    for (number, (entry, what)) in [
        ("- [X](nope.md)", "there is no book/src/nope.md"),
        ("- [X]()", "has no page yet"),
        ("- [X](../../README.md)", "leads out of book/src"),
        ("- [X](ch01-bank.md)", "listed already, at line 5"),
    ]
    .into_iter()
    .enumerate()
    {
        let workshop = Workshop::new(&format!("listed-{number}"));
        let text = workshop.read(summary);
        workshop.write(summary, &format!("{text}{entry}\n"));
        let place = format!("{summary}:{}: ", workshop.line(summary, entry).max(7));
        let problems = workshop.build();
        assert!(
            problems.len() == 1 && problems[0].starts_with(&place) && problems[0].contains(what),
            "{entry}: {problems:#?}"
        );
    }
    for (name, file, place) in [
        ("no-summary", summary, "book/src/SUMMARY.md: it is missing"),
        (
            "no-page",
            "book/src/README.md",
            "book/src/SUMMARY.md:3: there is no book/src/README.md",
        ),
    ] {
        let workshop = Workshop::new(name);
        workshop.remove(file);
        let problems = workshop.build();
        assert!(
            problems.len() == 1 && problems[0].starts_with(place),
            "{name}: {problems:#?}"
        );
    }
    let workshop = Workshop::new("no-asset");
    let toml = workshop.read("book/book.toml");
    let with = "[output.html]\nadditional-css = [\"assets/no.css\"]\n";
    workshop.write("book/book.toml", &toml.replacen("[output.html]\n", with, 1));
    let line = workshop.line("book/book.toml", "no.css");
    let problems = workshop.build();
    let expected = format!("book/book.toml:{line}: additional-css: there is no book/assets/no.css");
    assert_eq!(problems, [expected]);
}

#[test]
fn a_page_that_is_no_text() {
    let workshop = Workshop::new("encoding");
    workshop.write_bytes(CHAPTER, b"# The bank\n\ncaf\xe9\n");
    let problems = workshop.build();
    let expected = format!("{CHAPTER}:3: this line is not UTF-8: save the file in that encoding");
    assert_eq!(problems, [expected]);
}

#[test]
fn what_cannot_be_built_at_all() {
    for (name, file) in [
        ("no-config", "book/book.toml"),
        ("no-evidence", "evidence.json"),
    ] {
        let workshop = Workshop::new(name);
        workshop.remove(file);
        let said = workshop.try_build().unwrap_err();
        assert!(
            said.contains(file.rsplit('/').next().unwrap()),
            "{name}: {said}"
        );
    }
    let workshop = Workshop::new("old-evidence");
    workshop.replace(
        "evidence.json",
        "\"schema\": 1,\n \"chapters\"",
        "\"schema\": 7,\n \"chapters\"",
    );
    let said = workshop.try_build().unwrap_err();
    assert!(said.contains("schema 7"), "{said}");
}

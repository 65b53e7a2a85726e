//! A chapter shows all that its crate has, and says how long it takes.

use crate::workshop::{CHAPTER, Workshop};

/// The problems after a change of the page of the chapter.
#[track_caller]
fn after(name: &str, old: &str, new: &str) -> Vec<String> {
    Workshop::new(name).replace(CHAPTER, old, new).build()
}

#[test]
fn what_a_chapter_leaves_out() {
    for (number, (directive, what)) in [
        (
            "{{#broken opposite_transfers Account transfer}}",
            "lacks {{#broken}}",
        ),
        ("{{#why opposite_transfers}}", "lacks {{#why}}"),
        ("{{#diff opposite_transfers}}", "lacks {{#diff}}"),
        ("{{#rule opposite_transfers}}", "lacks {{#rule}}"),
        (
            "{{#caught opposite_transfers threads}}",
            "lacks {{#caught}}",
        ),
        (
            "{{#exercise job-queue}}",
            "there is no {{#exercise job-queue}}",
        ),
        (
            "{{#refused two_owners}}",
            "there is no {{#refused two_owners}}",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let problems = after(&format!("lacks-{number}"), directive, "");
        let said = |p: &String| p.starts_with(CHAPTER) && p.contains(what);
        assert!(problems.iter().any(said), "{directive}: {problems:#?}");
    }
}

#[test]
fn a_picture_or_a_player_is_enough() {
    let play = after("play-is-enough", "{{#picture opposite_transfers}}\n", "");
    assert_eq!(play, Vec::<String>::new());
    let workshop = Workshop::new("neither");
    workshop.replace(CHAPTER, "{{#picture opposite_transfers}}\n", "");
    workshop.replace(CHAPTER, "{{#play opposite_transfers}}\n", "");
    let problems = workshop.build();
    let lacks = |p: &String| p.contains("the pair `opposite_transfers` lacks {{#picture}}");
    assert!(problems.iter().any(lacks), "{problems:#?}");
}

#[test]
fn a_refused_example_may_stand_on_its_page() {
    let workshop = Workshop::new("elsewhere");
    workshop.replace(CHAPTER, "{{#refused two_owners}}", "");
    let page = "# What Rust refuses\n\n{{#refused ch01/two_owners}}\n";
    workshop.write("book/src/reference/refused.md", page);
    let last = "- [What is taught where]";
    let list = format!("- [Refused](reference/refused.md)\n{last}");
    workshop.replace("book/src/SUMMARY.md", last, &list);
    assert_eq!(workshop.build(), Vec::<String>::new());
}

#[test]
fn minutes_and_sections_belong_together() {
    let share = "opposite-transfers = { minutes = 10, from = \"half-day\" }\n";
    let summary = "summary = { minutes = 2 }\n";
    let exercise = "job-queue = { minutes = 20, from = \"one-day\" }\n";
    let swapped = format!("{summary}{share}");
    for (number, (old, new, what)) in [
        (
            share,
            "",
            ":13: the front matter has no minutes for the section `opposite-transfers`",
        ),
        (
            summary,
            "summary = { minutes = 2 }\nmore = { minutes = 3 }\n",
            ":8: there is no section",
        ),
        (
            &*format!("{share}{summary}"),
            &*swapped,
            "on the page, the section `opposite-transfers` comes first",
        ),
        ("minutes = 10", "minutes = 0", ":6: 0 minutes"),
        (
            "minutes = 10",
            "minute = 10",
            ":6: front matter: unknown field `minute`",
        ),
        (
            "\"half-day\"",
            "\"evening\"",
            ":6: front matter: unknown variant `evening`",
        ),
        (
            exercise,
            "",
            ":1: the front matter has no minutes for the exercise `job-queue`",
        ),
        (
            exercise,
            "job-queue = { minutes = 1 }\njobs = { minutes = 1 }\n",
            ":11: ch01-bank has no exercise `jobs`",
        ),
        (
            "{#summary}",
            "",
            "give this section an id: `## Summary {#summary}`",
        ),
        (
            "crate = \"ch01-bank\"",
            "crate = \"ch02-shop\"",
            ":2: the page of `ch02-shop` is ch02-shop.md",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let problems = after(&format!("minutes-{number}"), old, new);
        let said = |p: &String| p.starts_with(CHAPTER) && p.contains(what);
        assert!(problems.iter().any(said), "{what}: {problems:#?}");
    }
}

#[test]
fn pages_that_nobody_lists() {
    let workshop = Workshop::new("unlisted");
    workshop.write("book/src/notes.md", "# Notes\n");
    let problems = workshop.build();
    assert_eq!(
        problems,
        ["book/src/notes.md: SUMMARY.md does not list this page"]
    );
    let workshop = Workshop::new("no-chapter");
    workshop.replace("book/src/SUMMARY.md", "- [1. The bank](ch01-bank.md)\n", "");
    let problems = workshop.build();
    let said = |p: &String| p.starts_with("book/src/SUMMARY.md: ch01-bank has no page");
    assert!(problems.iter().any(said), "{problems:#?}");
}

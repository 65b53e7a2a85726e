//! What a reader gets to see.

use crate::workshop::{CHAPTER, Workshop};

/// Text between two others; both have to be there.
#[track_caller]
fn between<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    let at = text.find(begin).unwrap_or_else(|| panic!("no `{begin}`"));
    let rest = &text[at + begin.len()..];
    let end = rest.find(end).unwrap_or_else(|| panic!("no `{end}`"));
    &rest[..end]
}

#[test]
fn a_chapter_has_all_its_parts() {
    let page = Workshop::new("parts").page("ch01-bank.html");
    let expected = [
        // Items only, with their documentation and their lines in the file.
        "data-lines=\"6-12,14-20\"",
        "/// Moves `amount` cents",
        "<figcaption>crates/ch01-bank/src/opposite_transfers/broken.rs</figcaption>",
        "<figure class=\"picture failed\" id=\"picture-opposite-transfers-broken\"",
        "aria-label=\"picture: opposite_transfers, broken\"",
        "<ol class=\"schedule-in-words\">",
        "fails: deadlock: main and T1 wait for ever — found in schedule 3",
        "<div class=\"play-fallback\">",
        // The links of rustdoc are gone, and rows are not for readers.
        "see <code>broken</code>.",
        "<strong>The rule.</strong> Give all locks one order.",
        "From broken to fixed, which holds: ran 3 schedules: they stand for every one there is",
        "<li class=\"badge lit\" data-who=\"threads\">threads",
        "<li class=\"badge\" data-who=\"clippy\">clippy",
        "<aside class=\"notes\" aria-label=\"Speaker notes\">\n<p>Ask first, <em>then</em> show.</p>",
        "<section class=\"refused\" id=\"refused-two-owners\">",
        "data-line=\"2\"",
        "(account, account) // ✕ error[E0382]",
        "rustc --explain E0382",
        "<section class=\"exercise\" id=\"exercise-job-queue\"",
        "The job: make <code>JobQueue</code> right.",
        "$ cargo xtask check ch01/job-queue",
        "<p class=\"minutes\" data-minutes=\"10\">10 minutes</p>",
    ];
    for text in expected {
        assert!(page.contains(text), "no `{text}`");
    }
    for text in [
        "Covers:",
        "+++",
        "minutes = 10",
        "{{#",
        "<!--figure",
        "Each job comes out once",
    ] {
        assert!(!page.contains(text), "`{text}` is there");
    }
}

#[test]
fn a_diff_tells_with_signs_what_changed() {
    let page = Workshop::new("diff").page("ch01-bank.html");
    let diff = between(&page, "<pre class=\"diff\"", "</pre>");
    assert!(diff.contains("<del>-    let mut source = from.cents.lock().unwrap();</del>"));
    assert!(diff.contains("<ins>+"));
    assert!(!diff.contains("//!"));
}

#[test]
fn the_player_gets_the_graph_and_the_code_of_each_lane() {
    let workshop = Workshop::new("player");
    let page = workshop.page("ch01-bank.html");
    let json = between(&page, "<script type=\"application/json\">", "</script>");
    assert!(!json.contains('<'));
    let game: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        game["title"],
        "Two transfers, each with the lock that the other needs"
    );
    assert!(game["graph"]["states"].is_array());
    let code = game["code"].as_array().unwrap();
    assert_eq!(code.len(), 2, "main and T1");
    let has = |lane: usize, line: serde_json::Value| code[lane].as_array().unwrap().contains(&line);
    let locks = serde_json::json!([16, "    let mut source = from.cents.lock().unwrap();"]);
    let gap = serde_json::json!([null, ""]);
    assert!(has(0, locks.clone()) && has(1, locks));
    assert!(has(0, gap.clone()) || !has(0, gap), "{code:?}");
    // On paper there is nothing to play.
    let print = workshop.read("out/print.html");
    assert!(print.contains("picture-opposite-transfers-broken"));
    assert!(!print.contains("application/json"));
}

#[test]
fn a_page_that_shows_a_picture_twice_tells_them_apart() {
    let workshop = Workshop::new("twice");
    let picture = "{{#picture opposite_transfers}}\n";
    workshop.replace(CHAPTER, picture, &format!("{picture}\n{picture}"));
    let page = workshop.page("ch01-bank.html");
    assert!(page.contains("id=\"picture-opposite-transfers-broken-2\""));
}

#[test]
fn a_text_of_the_program_cannot_leave_its_place() {
    let workshop = Workshop::new("escape");
    let evil = "</script><script>alert(1)</script><!--";
    workshop.replace("evidence.json", "locks bob.cents", evil);
    let page = workshop.page("ch01-bank.html");
    assert!(!page.contains("<script>alert"));
}

#[test]
fn code_is_included_as_it_is() {
    let workshop = Workshop::new("include");
    let broken = "crates/ch01-bank/src/opposite_transfers/broken.rs";
    let code = "const TEXT: &str = \"\n# not hidden\n\n```\";\n";
    workshop.write(
        "crates/ch01-bank/text.rs",
        &format!("//! Head.\n\n// ANCHOR: all\n{code}// ANCHOR_END: all\n"),
    );
    let include = "{{#include crates/ch01-bank/src/opposite_transfers/fixed.rs:transfer}}";
    workshop.replace(
        CHAPTER,
        include,
        "{{#include crates/ch01-bank/text.rs:all}}",
    );
    workshop.replace(CHAPTER, "```", "````");
    let page = workshop.page("ch01-bank.html");
    let shown = "const TEXT: &amp;str = \"\n# not hidden\n\n```\";";
    let shown = shown.replace('"', "&quot;");
    assert!(page.contains(&shown) || page.contains(&shown.replace("&quot;", "\"")));
    assert!(!page.contains("ANCHOR"));
    assert!(workshop.read(broken).starts_with("//!"));
}

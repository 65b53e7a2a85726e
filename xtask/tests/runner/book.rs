//! The book: made of pages and of what the checks say, by a binder that is a small stand-in here.

use std::fs;
use std::process::Stdio;

use serde_json::Value;

use crate::chapter;
use crate::support::Workshop;

const BROKEN: &str = "crates/ch01-trouble/src/slip/broken.rs";
const FIXED: &str = "crates/ch01-trouble/src/slip/fixed.rs";
const PAGE: &str = "book/src/page.md";
const RAN: &str = "ran 2 checks";

/// One chapter, one page, and a binder.
pub fn workshop(name: &str) -> Workshop {
    let workshop = chapter::workshop(name);
    workshop.write("book/book.toml", "");
    workshop.write(PAGE, "Once upon a time.\n");
    // The name of the program is its own, as many of them are built in one place.
    let manifest = format!(
        "[package]\nname = \"bookbinder\"\nedition = \"2024\"\n\n[[bin]]\nname = \"binder-{name}\"\n\
         path = \"src/main.rs\"\n\n[workspace]\n"
    );
    workshop.write("crates/bookbinder/Cargo.toml", &manifest);
    workshop.write("crates/bookbinder/src/main.rs", include_str!("binder.rs"));
    workshop
}

fn read(workshop: &Workshop, path: &str) -> String {
    fs::read_to_string(workshop.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What the evidence says about a check of the chapter.
fn evidence(workshop: &Workshop, check: &str) -> Value {
    let text = read(workshop, "target/book/evidence.json");
    let mut evidence: Value = serde_json::from_str(&text).expect("whole JSON");
    assert_eq!(evidence["schema"], 1);
    evidence["chapters"]["ch01-trouble"][check].take()
}

fn gives(number: u32) -> String {
    format!("pub fn one() -> u32 {{\n    {number}\n}}\n")
}

#[test]
fn the_book_shows_what_the_programs_do_now() {
    let workshop = workshop("book");
    let book = "target/book/html/index.html";
    workshop.xtask(&["book"]).expect(0, &[RAN, book]);
    let broken = evidence(&workshop, "slip::broken");
    assert_eq!(broken["verdict"], "failed");
    assert!(broken["timeline"].is_object(), "{broken:#}");
    assert_eq!(evidence(&workshop, "slip::fixed")["verdict"], "passed");
    assert!(read(&workshop, book).contains("left: 2"));

    // Nothing has changed, or only what no check depends on.
    workshop.write(PAGE, "Once more.\n");
    workshop.write("crates/ch01-trouble/refused/other.rs", "");
    let before = read(&workshop, "target/book/evidence.json");
    let run = workshop.xtask(&["book"]);
    run.expect(0, &[book]);
    assert!(!run.stdout.contains("ran "), "{}", run.stdout);
    assert_eq!(read(&workshop, "target/book/evidence.json"), before);
    assert!(read(&workshop, book).contains("Once more."));

    workshop.write(BROKEN, &gives(5));
    workshop.xtask(&["book"]).expect(0, &[RAN]);
    assert!(read(&workshop, book).contains("left: 5"));

    // The chapter's own manifest counts, and so does what all chapters share.
    let manifest = read(&workshop, "crates/ch01-trouble/Cargo.toml");
    workshop.write("crates/ch01-trouble/Cargo.toml", &format!("{manifest}\n"));
    workshop.xtask(&["book"]).expect(0, &[RAN]);
    workshop.write("crates/shared/src/lib.rs", "");
    workshop.xtask(&["book"]).expect(0, &[RAN]);
    workshop.assert_tidy();
}

#[test]
fn what_is_wrong_is_named_and_the_last_good_book_stays() {
    let workshop = workshop("wrong-book");
    let page = || read(&workshop, "target/book/html/index.html");
    workshop.xtask(&["book"]).expect(0, &[]);
    let good = page();

    workshop.write(PAGE, "WRONG\n");
    let run = workshop.xtask(&["book"]);
    run.expect(1, &[]);
    assert_eq!(run.stderr, "book/src/page.md:1: WRONG\n");
    workshop.write(PAGE, "TROUBLE\n");
    workshop.xtask(&["book"]).expect(2, &["out of paper"]);
    assert_eq!(page(), good);

    workshop.write(PAGE, "Once upon a time.\n");
    workshop.write(FIXED, &gives(3));
    workshop.xtask(&["book"]).expect(
        1,
        &[
            "crates/ch01-trouble/checks/slip.rs: slip::fixed does not come out as the chapter \
             states: it fails: panic: ",
            "`cargo xtask demo ch01 slip` shows it",
        ],
    );
    workshop.write(FIXED, "pub fn one() -> u32 {\n    \"1\"\n}\n");
    workshop.xtask(&["book"]).expect(
        1,
        &[
            "crates/ch01-trouble: it does not compile",
            "error[E0308]: mismatched types",
            FIXED,
        ],
    );
    assert_eq!(page(), good);
    assert!(evidence(&workshop, "slip::fixed").is_null());

    workshop.write(FIXED, &gives(1));
    workshop.xtask(&["book"]).expect(0, &[RAN]);
    assert_eq!(
        evidence(&workshop, "slip::fixed")["verdict"],
        "passed",
        "what is mended is run again"
    );
}

#[test]
fn what_was_left_half_done_does_no_harm() {
    let workshop = workshop("half-book");
    workshop.xtask(&["book"]).expect(0, &[RAN]);
    // As if it had been killed: while it wrote, and between the old book and the new one.
    workshop.write("target/book/evidence.half", "{\"schema\":1,\"chap");
    workshop.write("target/book/html.half/old.html", "");
    workshop.write("target/book/html.old/old.html", "");
    let run = workshop.xtask(&["book"]);
    run.expect(0, &[]);
    assert!(!run.stdout.contains(RAN), "{}", run.stdout);
    let html = workshop.root.join("target/book/html");
    assert!(html.join("index.html").is_file() && !html.join("old.html").exists());
    fs::remove_dir_all(html).expect("it is there");
    workshop.write("target/book/evidence.json", "{\"schema\":1,\"chap");
    workshop.xtask(&["book"]).expect(0, &[RAN]);
    workshop.write(
        "target/book/evidence.json",
        "{\"schema\":9,\"chapters\":{}}",
    );
    workshop.xtask(&["book"]).expect(0, &[RAN]);
}

#[test]
fn two_at_once_wait_for_each_other() {
    let workshop = workshop("two-books");
    let start = || {
        let mut command = workshop.command(&["book"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("can start")
    };
    let both = [start(), start()].map(|runner| runner.wait_with_output().expect("it ends"));
    for output in &both {
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    let ran = both
        .iter()
        .filter(|output| String::from_utf8_lossy(&output.stdout).contains(RAN));
    assert_eq!(ran.count(), 1, "{both:?}");
    assert_eq!(evidence(&workshop, "slip::broken")["verdict"], "failed");
}

#[test]
fn what_is_missing_or_in_the_way_is_named() {
    let workshop = workshop("no-book");
    workshop.write("target/book", "not a directory");
    workshop
        .xtask(&["book"])
        .expect(2, &["cannot write", "target/book", "read-only"]);
    fs::remove_file(workshop.root.join("target/book")).expect("it is there");

    let main = "crates/bookbinder/src/main.rs";
    workshop.write(main, "fn main() { paper }\n");
    workshop.xtask(&["book"]).expect(
        2,
        &[
            "crates/bookbinder, which makes the book, does not compile",
            "cannot find value `paper`",
        ],
    );
    workshop.write("crates/bookbinder/Cargo.toml", "[pakcage]\n");
    workshop.xtask(&["book"]).expect(
        2,
        &[
            "cargo could not build crates/bookbinder",
            "manifest is missing",
        ],
    );
    fs::remove_dir_all(workshop.root.join("crates/bookbinder")).expect("it is there");
    workshop
        .xtask(&["book"])
        .expect(2, &["git restore crates/bookbinder"]);
    fs::remove_dir_all(workshop.root.join("book")).expect("it is there");
    workshop
        .xtask(&["book"])
        .expect(2, &["book/book.toml is missing", "git restore book"]);
}

#[test]
fn the_bundle_goes_where_the_user_says() {
    let workshop = workshop("bundle");
    let usual = "target/book/workshop-book.zip";
    workshop.xtask(&["book", "--bundle"]).expect(0, &[usual]);
    assert!(read(&workshop, usual).contains("Once upon a time."));
    let mut command = workshop.command(&["book", "--bundle", "own.zip"]);
    let output = command.current_dir(workshop.root.join("book")).output();
    assert!(output.expect("can start").status.success());
    assert!(read(&workshop, "book/own.zip").contains("Once upon a time."));
    workshop
        .xtask(&["book", "--bundle", "/nowhere/own.zip"])
        .expect(2, &["No such file"]);
    workshop
        .xtask(&["book", "--open"])
        .expect(2, &["no browser could be started"]);
    workshop
        .xtask(&["book", "--serve", "--port", "1"])
        .expect(2, &["port 1 is taken"]);
}

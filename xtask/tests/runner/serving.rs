//! A book that is served follows its sources, and leaves nothing behind.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::book;
use crate::support::{Workshop, assert_not_running};

/// Waits until the server was told so many things, and returns the last of them.
fn told(workshop: &Workshop, times: usize) -> Value {
    let start = Instant::now();
    loop {
        let text = fs::read_to_string(workshop.root.join("target/book/told")).unwrap_or_default();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        if let Some(last) = lines.get(times - 1).filter(|line| line.ends_with('\n')) {
            return serde_json::from_str(last).expect("a line of JSON");
        }
        assert!(
            start.elapsed() < Duration::from_secs(120),
            "told only this:\n{text}"
        );
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn it_is_made_anew_when_something_changes() {
    let workshop = book::workshop("serving");
    let mut command = workshop.command(&["book", "--serve", "--port", "0"]);
    let runner = command
        .current_dir(&workshop.root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("can start");
    let page = || fs::read_to_string(workshop.root.join("target/book/html/index.html"));
    let first = told(&workshop, 1);
    assert_eq!(first["problems"], Value::Null);

    workshop.write("book/src/page.md", "Once more.\n");
    let second = told(&workshop, 2);
    assert_ne!(first["version"], second["version"]);
    assert!(page().expect("a book").contains("Once more."));

    workshop.write("book/src/page.md", "WRONG\n");
    let third = told(&workshop, 3);
    assert_eq!(third["problems"], "book/src/page.md:1: WRONG\n");
    assert!(page().expect("a book").contains("Once more."));

    workshop.write("book/src/page.md", "Mended.\n");
    workshop.write(
        "crates/ch01-trouble/src/slip/broken.rs",
        "pub fn one() -> u32 {\n    5\n}\n",
    );
    assert_eq!(told(&workshop, 4)["problems"], Value::Null);
    let text = page().expect("a book");
    assert!(
        text.contains("Mended.") && text.contains("left: 5"),
        "{text}"
    );

    // A program of the workshop that does not compile does not end it.
    workshop.write("crates/bookbinder/src/main.rs", "fn main() { paper }\n");
    let problems = told(&workshop, 5)["problems"].take();
    assert!(problems.as_str().is_some_and(|text| text.contains("paper")));

    let told = Command::new("kill")
        .args(["-INT", &runner.id().to_string()])
        .status();
    assert!(told.expect("kill is there").success());
    let output = runner.wait_with_output().expect("the runner ends");
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert_not_running("binder-serving");
    workshop.assert_tidy();
}

//! Exercises of the real world: ordinary programs, run once, with sockets and signals.

use std::sync::LazyLock;

use crate::support::Workshop;
use serde_json::Value;

const GRADE: &str = "\
#[test]
fn a_letter_arrives() {
    explore::real().check(|| {
        let door = std::net::TcpListener::bind((\"127.0.0.1\", 0)).expect(\"a port\");
        let address = door.local_addr().expect(\"an address\");
        let post = std::thread::spawn(move || std::net::TcpStream::connect(address));
        assert_eq!(LIB::letters(&door), 1);
        post.join().expect(\"no panic\").expect(\"a connection\");
    });
}
";

const RIGHT: &str = "\
pub fn letters(door: &std::net::TcpListener) -> usize {
    door.accept().into_iter().count()
}
";

static GRADED: LazyLock<Value> = LazyLock::new(|| {
    let workshop = Workshop::new("real");
    let add = |name: &str, lib: &str| {
        workshop.exercise(name, lib);
        let dir = format!("exercises/ch01-trouble/{name}");
        let manifest = format!(
            "[package]\nname = \"ch01-{name}\"\nedition = \"2024\"\n\n\
             [package.metadata.workshop]\nworld = \"real\"\n\n\
             [lib]\nname = \"{name}\"\npath = \"src/lib.rs\"\n"
        );
        workshop.write(&format!("{dir}/Cargo.toml"), &manifest);
        workshop.write(&format!("{dir}/grade.rs"), &GRADE.replace("LIB", name));
    };
    add("right", RIGHT);
    add("mistaken", &RIGHT.replace("count()", "count() + 1"));
    add("mistyped", &RIGHT.replace("count()", "counted()"));
    add(
        "killed",
        &RIGHT
            .replace("door.accept()", "{ kill(); door.accept() }")
            .replace(
                "pub fn",
                "fn kill() {\n    let id = std::process::id().to_string();\n    \
         std::process::Command::new(\"kill\").arg(id).status().expect(\"a shell tool\");\n    \
         std::thread::park();\n}\n\npub fn",
            ),
    );
    add(
        "patient",
        &RIGHT.replace("door.accept()", "{ door.accept().ok(); door.accept() }"),
    );
    // One of another world beside them.
    workshop.exercise("modelled", "pub fn work() -> u32 { 1 }");
    let run = workshop.xtask(&["check", "all", "--json", "--limit", "20"]);
    run.expect(1, &[]);
    workshop.assert_tidy();
    serde_json::from_str(&run.stdout).expect("one JSON document and nothing else")
});

#[track_caller]
fn came_out(name: &str, verdict: &str, words: &str) -> &'static Value {
    let exercises = GRADED["exercises"].as_array().expect("a list");
    let exercise = exercises
        .iter()
        .find(|exercise| exercise["exercise"] == name);
    let exercise = exercise.unwrap_or_else(|| panic!("{name} was not graded: {:#}", *GRADED));
    assert_eq!(exercise["verdict"], verdict, "{exercise:#}");
    let property = &exercise["properties"][0];
    if !words.is_empty() {
        let message = property["message"].as_str().expect("a message");
        assert!(message.contains(words), "{message}");
    }
    property
}

#[test]
fn what_is_right_passes_after_one_run() {
    let property = came_out("right", "passed", "ran once, in real time");
    assert_eq!(property["world"], "real");
    assert_eq!(property["schedules"], 1);
}

#[test]
fn what_is_mistaken_fails_with_its_place() {
    came_out("mistaken", "failed", "left: 2, right: 1 (grade.rs:7)");
}

#[test]
fn what_does_not_compile_is_told_by_rustc() {
    came_out("mistyped", "does-not-compile", "");
}

#[cfg(unix)]
#[test]
fn a_signal_that_nobody_handles_is_named() {
    came_out("killed", "crashed", "was ended by signal 15");
}

#[test]
fn waiting_for_ever_fails_at_the_limit_of_the_trial() {
    came_out("patient", "failed", "too long: still running after 8s");
}

#[test]
fn other_worlds_are_asked_in_the_same_breath() {
    came_out("modelled", "passed", "schedule");
}

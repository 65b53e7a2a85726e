//! Ctrl-C while programs run.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::support::{Workshop, assert_not_running};

/// The program writes to a pipe before it waits, so that we interrupt it neither too early nor
/// after a guessed time.
#[test]
fn ctrl_c_ends_everything_and_leaves_no_litter() {
    let workshop = Workshop::new("interrupt");
    workshop.exercise(
        "waits",
        "pub fn work() -> u32 {
            let script = \"echo up > started; exec sleep 7654325\";
            let shell = std::process::Command::new(\"sh\").args([\"-c\", script]).status();
            u32::from(shell.is_ok())
        }",
    );
    let started = workshop.root.join("started");
    let made = Command::new("mkfifo")
        .arg(&started)
        .status()
        .expect("mkfifo is there");
    assert!(made.success());
    let mut command = workshop.command(&["check", "all", "--limit", "600"]);
    let runner = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("can start");
    let (up, is_up) = mpsc::channel();
    // It waits for ever if the runner never comes to start the program.
    thread::spawn(move || up.send(fs::read_to_string(&started)));
    let said = is_up
        .recv_timeout(Duration::from_secs(120))
        .expect("the program is started");
    assert_eq!(said.expect("can be read"), "up\n");
    let id = runner.id().to_string();
    let told = Command::new("kill")
        .args(["-INT", &id])
        .status()
        .expect("kill is there");
    assert!(told.success());
    let output = runner.wait_with_output().expect("the runner ends");
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert_not_running("7654325");
    workshop.assert_tidy();
}

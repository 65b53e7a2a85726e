//! A miniature workshop, built in a directory of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Asks one thing of every exercise.
const GRADE: &str = "\
#[test]
fn work_gives_one() {
    explore::threads().check(|| assert_eq!(LIB::work(), 1));
}
";

/// A workshop with exercises, but without any of ours.
pub struct Workshop {
    pub root: PathBuf,
}

/// What a run of the runner gave.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Workshop {
    /// An empty workshop that uses the real explorer and stand-ins, with the real versions.
    pub fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("the target directory can be written to");
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let real = real.canonicalize().expect("the workshop is there");
        let manifest = fs::read_to_string(real.join("Cargo.toml")).expect("a root manifest");
        let ours = format!("path = \"{}/crates/", real.display());
        let workshop = Self { root };
        workshop.write("Cargo.toml", &manifest.replace("path = \"crates/", &ours));
        fs::copy(real.join("Cargo.lock"), workshop.root.join("Cargo.lock")).expect("a lock");
        #[cfg(unix)]
        {
            let stand_ins = workshop.root.join("crates");
            fs::create_dir_all(&stand_ins).expect("can be written to");
            std::os::unix::fs::symlink(real.join("crates/stand-ins"), stand_ins.join("stand-ins"))
                .expect("a link");
        }
        workshop
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("can be written to");
        fs::write(path, text).expect("can be written to");
    }

    /// Adds an exercise of chapter 1 that has this library.
    pub fn exercise(&self, name: &str, lib: &str) {
        let dir = format!("exercises/ch01-trouble/{name}");
        let manifest = format!(
            "[package]\nname = \"ch01-{name}\"\nedition = \"2024\"\n\n[lib]\nname = \"{name}\"\npath = \"src/lib.rs\"\n"
        );
        self.write(&format!("{dir}/Cargo.toml"), &manifest);
        self.write(&format!("{dir}/src/lib.rs"), lib);
        self.write(&format!("{dir}/grade.rs"), &GRADE.replace("LIB", name));
        self.write(
            &format!("{dir}/hints.md"),
            "## First\n\nThink.\n\n## Second\n\nAgain.\n",
        );
    }

    /// The command that a learner types.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("a target directory");
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .env("WORKSHOP_ROOT", &self.root)
            .env("CARGO_TARGET_DIR", target)
            .env_remove("COLUMNS")
            .stdin(Stdio::null());
        command
    }

    pub fn xtask(&self, arguments: &[&str]) -> Run {
        let output = self
            .command(arguments)
            .output()
            .expect("the runner can be started");
        Run {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Asserts that the runner has put away what it writes while programs run.
    #[track_caller]
    pub fn assert_tidy(&self) {
        let left: Vec<_> = fs::read_dir(self.root.join("target/workshop"))
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.starts_with("run-"))
            .collect();
        assert!(left.is_empty(), "left in target/workshop: {left:?}");
    }
}

impl Run {
    #[track_caller]
    pub fn expect(&self, status: i32, words: &[&str]) -> &Self {
        let all = format!("{}\n{}", self.stdout, self.stderr);
        assert_eq!(self.status, Some(status), "{all}");
        for words in words {
            assert!(all.contains(words), "`{words}` is not in:\n{all}");
        }
        self
    }
}

/// Asserts that no process of these tests has these words in its command line. Whoever tests
/// another checkout on this machine at the same time has processes of its own.
#[track_caller]
pub fn assert_not_running(words: &str) {
    let here = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let here = here.canonicalize().expect("the target directory is there");
    let is_ours = |process: &Path| {
        let place = fs::read_link(process.join("cwd"));
        place.is_ok_and(|place| place.starts_with(&here))
    };
    let running: Vec<String> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|process| is_ours(process))
        .filter_map(|process| fs::read(process.join("cmdline")).ok())
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(words))
        .collect();
    assert!(running.is_empty(), "still running: {running:?}");
}

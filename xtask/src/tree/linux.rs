//! Linux: `/proc` tells who is there, and orphans become our children.

use std::fs;
use std::thread;
use std::time::Duration;

use nix::sys::prctl::set_child_subreaper;
use nix::sys::signal::{Signal, kill, killpg};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

use super::{Activity, alive};

/// How far apart the two looks at a program are, and how much processor time between them makes a
/// thread a busy one. The kernel counts in ticks of 10 ms.
const WINDOW: Duration = Duration::from_millis(200);
const BUSY_TICKS: u64 = 3;
/// How often to look for processes that are still there after they were killed, 1 ms apart. A
/// program that starts new ones as fast as it can needs more than one round.
const ROUNDS: u32 = 200;

/// From now on a process whose parent is gone becomes our child, however it tries to hide.
pub fn adopt_orphans() {
    // Without it, the nonce still finds all but those who cleared their environment.
    let _ = set_child_subreaper(true);
}

/// Ends those who became our children, and stops adopting.
pub fn end_orphans() {
    let own = std::process::id();
    end_until_gone(|process| process.parent == own && !alive().contains(&process.id));
    let _ = set_child_subreaper(false);
}

/// Ends a process group.
pub fn end_group(leader: u32) {
    let _ = killpg(pid(leader), Signal::SIGKILL);
}

/// The processes of a tree other than its first, by their command lines.
pub fn members(leader: u32, nonce: &str) -> Vec<String> {
    processes()
        .into_iter()
        .filter(|process| process.belongs(leader, nonce))
        .map(|process| process.command_line())
        .collect()
}

/// Ends the processes of a tree whose first process is gone.
pub fn end_members(leader: u32, nonce: &str) {
    end_until_gone(|process| process.belongs(leader, nonce));
}

fn end_until_gone(doomed: impl Fn(&Process) -> bool) {
    for _ in 0..ROUNDS {
        let mut found = false;
        for process in processes().iter().filter(|process| doomed(process)) {
            found = true;
            let _ = kill(pid(process.id), Signal::SIGKILL);
            // Reaps it if it is ours by now.
            let _ = waitpid(pid(process.id), Some(WaitPidFlag::WNOHANG));
        }
        if !found {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// What the threads of a process are doing.
pub fn activity(id: u32) -> Activity {
    let before = threads(id);
    thread::sleep(WINDOW);
    let after = threads(id);
    if after.is_empty() {
        return Activity::Unknown;
    }
    let busy = |thread: &Thread| {
        let earlier = before.iter().find(|earlier| earlier.id == thread.id);
        earlier.is_some_and(|earlier| {
            let starved = earlier.running && thread.running;
            starved || thread.ticks - earlier.ticks >= BUSY_TICKS
        })
    };
    if after.iter().any(busy) {
        Activity::Spinning
    } else {
        Activity::Blocked
    }
}

struct Thread {
    id: u32,
    running: bool,
    ticks: u64,
}

fn threads(process: u32) -> Vec<Thread> {
    numbered(&format!("/proc/{process}/task"))
        .filter_map(|id| {
            let stat = Stat::read(&format!("/proc/{process}/task/{id}/stat"))?;
            (!stat.ended()).then_some(Thread {
                id,
                running: stat.state == "R",
                ticks: stat.ticks,
            })
        })
        .collect()
}

struct Process {
    id: u32,
    parent: u32,
    group: u32,
}

impl Process {
    fn belongs(&self, leader: u32, nonce: &str) -> bool {
        self.id != leader && (self.group == leader || self.knows(nonce))
    }

    fn knows(&self, nonce: &str) -> bool {
        let environment = fs::read(format!("/proc/{}/environ", self.id)).unwrap_or_default();
        environment
            .windows(nonce.len())
            .any(|part| part == nonce.as_bytes())
    }

    fn command_line(&self) -> String {
        let bytes = fs::read(format!("/proc/{}/cmdline", self.id)).unwrap_or_default();
        let words: Vec<_> = bytes
            .split(|byte| *byte == 0)
            .filter(|word| !word.is_empty())
            .map(String::from_utf8_lossy)
            .collect();
        words.join(" ")
    }
}

/// All processes but ourselves and those that have ended.
fn processes() -> Vec<Process> {
    let own = std::process::id();
    numbered("/proc")
        .filter(|id| *id != own)
        .filter_map(|id| {
            let stat = Stat::read(&format!("/proc/{id}/stat"))?;
            (!stat.ended()).then_some(Process {
                id,
                parent: stat.parent,
                group: stat.group,
            })
        })
        .collect()
}

struct Stat {
    state: String,
    parent: u32,
    group: u32,
    ticks: u64,
}

impl Stat {
    fn read(path: &str) -> Option<Self> {
        Self::parse(&fs::read_to_string(path).ok()?)
    }

    /// Whether only its parent has not taken note yet.
    fn ended(&self) -> bool {
        matches!(self.state.as_str(), "Z" | "X")
    }

    /// See proc_pid_stat(5). The name of the program comes second and may itself hold brackets.
    fn parse(text: &str) -> Option<Self> {
        let (_, rest) = text.rsplit_once(')')?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
        Some(Self {
            state: (*fields.first()?).to_owned(),
            parent: u32::try_from(number(1)?).ok()?,
            group: u32::try_from(number(2)?).ok()?,
            ticks: number(11)? + number(12)?,
        })
    }
}

fn numbered(dir: &str) -> impl Iterator<Item = u32> + use<> {
    fs::read_dir(dir)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

fn pid(id: u32) -> Pid {
    Pid::from_raw(id.cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_stat_is_understood() {
        let line = "42 (a) (b c) R 7 41 40 0 -1 4194304 90 0 0 0 12 30 0 0 20 0 3 0 100 0";
        let stat = Stat::parse(line).expect("a line as in proc_pid_stat(5)");
        assert_eq!(
            (stat.state.as_str(), stat.parent, stat.group, stat.ticks),
            ("R", 7, 41, 42)
        );
        assert!(Stat::parse("").is_none());
    }

    #[test]
    fn we_find_ourselves_working() {
        assert!(!threads(std::process::id()).is_empty());
    }
}

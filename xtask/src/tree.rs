//! A program and everything it starts, ended together. All that depends on the operating system
//! is here and in `tree/`.
//!
//! | system | a tree is | who flees is found by |
//! |---|---|---|
//! | Linux | a process group | the nonce in its environment, or by becoming our child |
//! | other Unix | a process group | nobody |
//! | Windows | a job object | cannot flee |

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::process::{Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::interrupt;

#[cfg_attr(unix, path = "tree/unix.rs")]
#[cfg_attr(windows, path = "tree/windows.rs")]
mod root;
#[cfg_attr(target_os = "linux", path = "tree/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "tree/elsewhere.rs")]
mod system;

use root::Root;
pub use root::death;
pub use system::{adopt_orphans, end_orphans};

/// What the threads of a program that does not end are doing.
///
/// How many there are says nothing to a learner: the test harness has some of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// At least one of them uses the processor.
    Spinning,
    /// All of them sleep.
    Blocked,
    /// The system does not tell.
    Unknown,
}

/// The first processes of the trees that are alive.
static ALIVE: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn alive() -> MutexGuard<'static, BTreeSet<u32>> {
    ALIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running program. When it is dropped, the whole tree is ended.
pub struct Tree {
    root: Root,
}

impl Tree {
    /// Starts a program at the root of a new tree.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn spawn(command: Command) -> io::Result<Self> {
        let root = Root::spawn(command)?;
        alive().insert(root.id());
        let mut tree = Self { root };
        // Ctrl-C may have come after the last look at it and before the tree was listed.
        if interrupt::happened() {
            tree.root.end();
        }
        Ok(tree)
    }

    /// What the program listens to, if it was piped and not taken yet.
    pub fn stdin(&mut self) -> Option<impl Write + Send + 'static> {
        self.root.stdin()
    }

    /// What the program prints, if it was piped and not taken yet.
    pub fn stdout(&mut self) -> Option<impl Read + Send + 'static> {
        self.root.stdout()
    }

    /// What the program complains about, if it was piped and not taken yet.
    pub fn stderr(&mut self) -> Option<impl Read + Send + 'static> {
        self.root.stderr()
    }

    /// Waits for the first process, and not for those that it started.
    ///
    /// # Errors
    /// When the system does not let us wait.
    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        self.root.wait()
    }

    /// Waits for the first process, but not longer than this.
    ///
    /// # Errors
    /// When the system does not let us wait.
    pub fn wait_at_most(&mut self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        self.root.wait_at_most(limit)
    }

    /// What the threads of the first process are doing. Looks twice, 200 ms apart.
    pub fn activity(&self) -> Activity {
        system::activity(self.root.id())
    }

    /// Ends the tree, and names the processes that were left behind: those that are still there
    /// although the first one has ended.
    pub fn end(mut self, nonce: &str) -> Vec<String> {
        let left = system::members(self.root.id(), nonce);
        self.root.end();
        system::end_members(self.root.id(), nonce);
        left
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.root.end();
        alive().remove(&self.root.id());
    }
}

/// Ends every tree that is alive, from whatever thread.
pub fn end_all() {
    for id in alive().iter() {
        system::end_group(*id);
    }
}

/// How a program was ended from outside, or by its own fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// SIGABRT
    Aborted,
    /// SIGSEGV and SIGBUS
    BadAccess,
    /// SIGKILL
    Killed,
    /// Another signal.
    Other(i32),
}

//! A program and everything it starts, ended together. All that depends on the operating system
//! is here and in `tree/`.
//!
//! | system | a tree is | who flees is found by |
//! |---|---|---|
//! | Linux | a process group | the nonce in its environment, or by becoming our child |
//! | other Unix | a process group | nobody |
//! | Windows | a job object | cannot flee |

use std::any::Any;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap};
use wait_timeout::ChildExt;

use crate::interrupt;

#[cfg_attr(target_os = "linux", path = "tree/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "tree/elsewhere.rs")]
mod system;

pub use system::{adopt_orphans, end_orphans};

/// What the threads of a program that does not end are doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Some of them use the processor.
    Spinning {
        /// How many.
        threads: usize,
        /// How many there are.
        of: usize,
    },
    /// All of them sleep.
    Blocked {
        /// How many there are.
        of: usize,
    },
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
    child: Box<dyn ChildWrapper>,
}

impl Tree {
    /// Starts a program at the root of a new tree.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn spawn(command: Command) -> io::Result<Self> {
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        let child = command.spawn()?;
        alive().insert(child.id());
        let mut tree = Self { child };
        // Ctrl-C may have come after the last look at it and before the tree was listed.
        if interrupt::happened() {
            tree.kill();
        }
        Ok(tree)
    }

    /// What the program prints, if it was piped and not taken yet.
    pub fn stdout(&mut self) -> Option<impl Read + Send + 'static> {
        self.child.stdout().take()
    }

    /// What the program complains about, if it was piped and not taken yet.
    pub fn stderr(&mut self) -> Option<impl Read + Send + 'static> {
        self.child.stderr().take()
    }

    /// Waits for the first process, and not for those that it started.
    ///
    /// # Errors
    /// When the system does not let us wait.
    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.inner_mut().wait()
    }

    /// Waits for the first process, but not longer than this.
    ///
    /// # Errors
    /// When the system does not let us wait.
    pub fn wait_at_most(&mut self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        let child: &mut dyn Any = self.child.inner_mut();
        match child.downcast_mut::<Child>() {
            Some(child) => child.wait_timeout(limit),
            None => self.child.inner_mut().wait().map(Some),
        }
    }

    /// What the threads of the first process are doing. Looks twice, 200 ms apart.
    pub fn activity(&self) -> Activity {
        system::activity(self.child.id())
    }

    /// Ends the tree, and names the processes that were left behind: those that are still there
    /// although the first one has ended.
    pub fn end(mut self, nonce: &str) -> Vec<String> {
        let left = system::members(self.child.id(), nonce);
        self.kill();
        system::end_members(self.child.id(), nonce);
        left
    }

    fn kill(&mut self) {
        // It fails when nobody is left, which is what we want.
        let _ = self.child.start_kill();
        let _ = self.child.inner_mut().wait();
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.kill();
        alive().remove(&self.child.id());
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

/// How a program was ended, if it did not end by itself.
pub fn death(status: ExitStatus) -> Option<Death> {
    #[cfg(unix)]
    {
        use nix::sys::signal::Signal;
        let number = std::os::unix::process::ExitStatusExt::signal(&status)?;
        Some(match Signal::try_from(number) {
            Ok(Signal::SIGABRT) => Death::Aborted,
            Ok(Signal::SIGSEGV | Signal::SIGBUS) => Death::BadAccess,
            Ok(Signal::SIGKILL) => Death::Killed,
            _ => Death::Other(number),
        })
    }
    #[cfg(windows)]
    {
        // STATUS_ACCESS_VIOLATION, STATUS_STACK_OVERFLOW, STATUS_STACK_BUFFER_OVERRUN (abort).
        match status.code()?.cast_unsigned() {
            0xC000_0005 | 0xC000_00FD => Some(Death::BadAccess),
            0xC000_0409 => Some(Death::Aborted),
            _ => None,
        }
    }
}

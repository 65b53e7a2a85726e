//! Unix: a tree is a process group.

use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use nix::sys::signal::Signal;
use wait_timeout::ChildExt;

use super::{Death, system};

/// The first process of a tree, and the leader of its group.
pub struct Root(Child);

impl Root {
    pub fn spawn(mut command: Command) -> io::Result<Self> {
        command.process_group(0).spawn().map(Self)
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    pub fn stdin(&mut self) -> Option<impl Write + Send + 'static> {
        self.0.stdin.take()
    }

    pub fn stdout(&mut self) -> Option<impl Read + Send + 'static> {
        self.0.stdout.take()
    }

    pub fn stderr(&mut self) -> Option<impl Read + Send + 'static> {
        self.0.stderr.take()
    }

    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        self.0.wait()
    }

    pub fn wait_at_most(&mut self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        self.0.wait_timeout(limit)
    }

    /// Ends the whole group. A number that has become free goes to a new process only when the
    /// system has used all others, so that nobody else is hit.
    pub fn end(&mut self) {
        system::end_group(self.id());
        // It has ended, by itself or just now.
        let _ = self.0.wait();
    }
}

/// How a program was ended, if it did not end by itself.
pub fn death(status: ExitStatus) -> Option<Death> {
    let number = status.signal()?;
    Some(match Signal::try_from(number) {
        Ok(Signal::SIGABRT) => Death::Aborted,
        Ok(Signal::SIGSEGV | Signal::SIGBUS) => Death::BadAccess,
        Ok(Signal::SIGKILL) => Death::Killed,
        _ => Death::Other(number),
    })
}

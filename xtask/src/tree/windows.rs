//! Windows: a tree is a job object.

use std::any::Any;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap, JobObject};
use wait_timeout::ChildExt;

use super::Death;

/// The first process of a tree, and the job that holds all of it.
pub struct Root(Box<dyn ChildWrapper>);

impl Root {
    pub fn spawn(command: Command) -> io::Result<Self> {
        CommandWrap::from(command).wrap(JobObject).spawn().map(Self)
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    pub fn stdin(&mut self) -> Option<impl Write + Send + 'static> {
        self.0.stdin().take()
    }

    pub fn stdout(&mut self) -> Option<impl Read + Send + 'static> {
        self.0.stdout().take()
    }

    pub fn stderr(&mut self) -> Option<impl Read + Send + 'static> {
        self.0.stderr().take()
    }

    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        self.0.inner_mut().wait()
    }

    pub fn wait_at_most(&mut self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        let child: &mut dyn Any = self.0.inner_mut();
        match child.downcast_mut::<Child>() {
            Some(child) => child.wait_timeout(limit),
            None => self.0.inner_mut().wait().map(Some),
        }
    }

    /// Ends the whole job.
    pub fn end(&mut self) {
        let _ = self.0.start_kill();
        let _ = self.0.inner_mut().wait();
    }
}

/// How a program was ended, if it did not end by itself.
pub fn death(status: ExitStatus) -> Option<Death> {
    // STATUS_ACCESS_VIOLATION, STATUS_STACK_OVERFLOW, STATUS_STACK_BUFFER_OVERRUN (abort).
    match status.code()?.cast_unsigned() {
        0xC000_0005 | 0xC000_00FD => Some(Death::BadAccess),
        0xC000_0409 => Some(Death::Aborted),
        _ => None,
    }
}

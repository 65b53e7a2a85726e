//! `std::process`. Whoever leaves the process leaves the world without a verdict, and the runner
//! says so; it ends what a program has started, too.

pub use real::process::{
    Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitCode, ExitStatus, Output, Stdio,
    Termination, abort, exit, id,
};

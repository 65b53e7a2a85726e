//! Programs of tasks.
//!
//! Each is compiled as it stands against each explorer: `tokio` means another crate every time.
//! All of them join their tasks, but for those that are about not doing so.

pub mod channels;
pub mod endings;
pub mod locks;
pub mod notices;

use std::future::Future;
use std::pin::Pin;

use tokio::task::JoinHandle;

/// What a program is when it runs.
pub type Main = Pin<Box<dyn Future<Output = ()>>>;
/// A program and its name.
pub type Program = (&'static str, fn() -> Main);

/// Names each program after its function.
macro_rules! programs {
    ($($name:ident),* $(,)?) => {
        /// The programs of this file.
        pub const PROGRAMS: &[$crate::tasks::Program] =
            &[$((stringify!($name), || Box::pin($name()))),*];
    };
}
pub(crate) use programs;

/// All programs of tasks.
pub fn all() -> impl Iterator<Item = Program> {
    let files = [
        locks::PROGRAMS,
        channels::PROGRAMS,
        notices::PROGRAMS,
        endings::PROGRAMS,
    ];
    files.into_iter().flatten().copied()
}

/// Waits for all tasks.
pub(crate) async fn join<T>(tasks: impl IntoIterator<Item = JoinHandle<T>>) {
    // Collected first: tasks of a lazy iterator would run one after the other.
    let tasks: Vec<_> = tasks.into_iter().collect();
    for task in tasks {
        task.await.unwrap();
    }
}

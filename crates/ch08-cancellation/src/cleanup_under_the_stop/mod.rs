//! The clean-up is cancelled by what made it necessary.
//!
//! **What goes wrong.** A sensor signs off when it is stopped, so that nobody goes and looks for
//! it. Everything it sends, it sends through one closure that gives up at `stop`, and this last
//! report as well. The stop has come already. `run_until_cancelled` asks the token first, and does
//! not even poll the send.
//!
//! **In Go** it is `cleanup(ctx)` behind `<-ctx.Done()`: each call in it returns at once with the
//! error of the context. A guide's cure is a context made from `context.Background()`, with five
//! seconds. It is heard, but it has lost the values of the request, so that its log lines carry no
//! trace id; and it is not deferred. Since 1.21 there is `context.WithoutCancel`. **In Rust** a
//! token carries nothing but the cancel, so nothing is lost without it. (Task-locals stay.)
//! Measured: with a cancelled token and a future that is ready at once, `run_until_cancelled` ran
//! it in 0 of 1,000 cases.
//!
//! **The mend.** The clean-up gets a limit of its own, and not the token that started it. It does
//! need a limit: what is waited for here may be the very thing that hangs.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that stops the sensor and reads its last
//! report; the world finds it in its first schedule.
//!
//! Covers: b:P40, b:S59, b:E65

pub mod broken;
pub mod fixed;

/// What a sensor says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// It works.
    Alive,
    /// It was stopped, and nobody needs to look for it.
    SignedOff,
}

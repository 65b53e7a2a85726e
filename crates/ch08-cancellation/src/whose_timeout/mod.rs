//! Two reasons to stop are merged into one token, and the reason is lost.
//!
//! **What goes wrong.** A payment ends when the customer leaves or when the bank takes too long. A
//! child token stands for both: a timer cancels it, and so does the customer's own token. Once it
//! is cancelled, nobody can tell by whom. The answer says that the bank was too slow, and whoever
//! gets that answer tries again, for a customer who has left.
//!
//! **In Go** the error of the context has two values, and neither says *whose*: `DeadlineExceeded`
//! is one's own timeout or the caller's. A guide that tells them apart asks afterwards, and takes
//! its own timeout for a cancel by the caller if that one is over, too, by then; a success at the
//! same moment is left to dice. Its merged context says `Canceled` for an expired deadline, has no
//! deadline and no values, and costs a goroutine each. `context.Cause` is the way since 1.20. **In
//! Rust** a token has no reason at all: it is cancelled, or it is not.
//!
//! **The mend.** Do not merge; wait for each by its name. `select!` has a branch for each reason,
//! and the branch is the reason. The order is worth a thought: under `biased;` a receipt that is
//! there wins over any reason to stop (`timeout` does the same, 1,000 of 1,000 with a limit of
//! zero; without `biased;` it was 527), and the customer's will over the clock.
//!
//! **Who catches it.** Neither rustc nor clippy. One test for each reason, and one for the tie.
//!
//! Covers: b:S62, b:S63, b:E66, b:E67, b:S50

pub mod broken;
pub mod fixed;

/// Why there is no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The bank did not answer in time.
    TooSlow,
    /// The customer did not want to wait.
    Cancelled,
}

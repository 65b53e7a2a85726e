//! `tokio_util::sync`.

mod cancelled;
mod guard;
mod node;
mod token;

pub use self::cancelled::{WaitForCancellationFuture, WaitForCancellationFutureOwned};
pub use self::guard::{DropGuard, DropGuardRef};
pub use self::token::CancellationToken;

//! `tokio::sync::watch`.
//!
//! It is written anew, since tokio's wakes its receivers in a random order; here they are woken in
//! the order in which they came, and other orders are tried by the explorer.

mod receiver;
mod sender;
mod state;

use std::panic::Location;
use std::sync::Arc;

pub use self::receiver::Receiver;
pub use self::sender::Sender;
pub use self::state::Ref;

use self::state::{Side, State};

pub mod error {
    //! Why a value was not sent or seen.

    use std::fmt;

    pub use real::sync::watch::error::SendError;

    /// The sender is gone.
    #[derive(Debug, Clone)]
    pub struct RecvError(pub(super) ());

    impl fmt::Display for RecvError {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("channel closed")
        }
    }

    impl std::error::Error for RecvError {}
}

#[track_caller]
pub fn channel<T>(init: T) -> (Sender<T>, Receiver<T>) {
    let place = Location::caller();
    let state = Arc::new(State::new(init, place));
    (
        Sender::from_parts(state.clone(), Side::sender(&state, place)),
        Receiver::new(state.clone(), Side::receiver(&state, place), 0),
    )
}

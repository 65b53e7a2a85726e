//! Channels and ticks as streams.

mod broadcast;
mod interval;
mod mpsc;
mod watch;

pub use self::broadcast::BroadcastStream;
pub use self::interval::IntervalStream;
pub use self::mpsc::{ReceiverStream, UnboundedReceiverStream};
pub use self::watch::WatchStream;

/// What can go wrong in a stream.
pub mod errors {
    pub use super::broadcast::BroadcastStreamRecvError;
}

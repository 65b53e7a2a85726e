//! `std::time`, by the virtual clock: it stands still while threads run and moves when all of
//! them wait, or as a departure.

mod instant;
mod system_time;

pub use real::time::{Duration, TryFromFloatSecsError};

pub use self::instant::Instant;
pub use self::system_time::{SystemTime, SystemTimeError, UNIX_EPOCH};

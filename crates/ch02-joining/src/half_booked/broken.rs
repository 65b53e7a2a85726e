//! Books a return trip.

use super::{Full, Seat, Train};

/// Holds a seat on each train, at the same time.
///
/// # Errors
///
/// If one of them is full; then no seat is held on the other.
pub async fn book<'t>(there: &'t Train, back: &'t Train) -> Result<(Seat<'t>, Seat<'t>), Full> {
    tokio::try_join!(there.hold(), back.hold())
}

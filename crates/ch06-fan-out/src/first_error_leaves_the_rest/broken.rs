//! Books the seats of a family, all of them or none.

use futures::future::try_join_all;

use super::SoldOut;

/// Books a seat on each of the `trains`, with `book`.
///
/// # Errors
///
/// At the first train that is sold out. Nothing is booked any more after that.
pub async fn book_all<F>(trains: Vec<u32>, book: impl Fn(u32) -> F) -> Result<(), SoldOut>
where
    F: Future<Output = Result<(), SoldOut>> + Send + 'static,
{
    let bookings = trains.into_iter().map(|train| {
        let booking = tokio::spawn(book(train));
        async { booking.await.expect("a booking does not panic") }
    });
    try_join_all(bookings).await?;
    Ok(())
}

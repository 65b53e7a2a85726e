//! Searches the libraries of a town for a book.

use tokio::time::error::Elapsed;
use tokio::time::{self, Instant};

use super::Library;

/// Where the book stands in each of the `libraries`.
///
/// # Errors
///
/// When the search is not over at its `deadline`.
pub async fn search(libraries: &[Library], deadline: Instant) -> Result<Vec<u32>, Elapsed> {
    let mut found = Vec::new();
    for library in libraries {
        let mark = time::timeout_at(deadline, library.ask()).await?;
        found.push(mark);
    }
    Ok(found)
}

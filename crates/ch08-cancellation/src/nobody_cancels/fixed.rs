//! Imports a price list, and shows a light while it does.

use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{BadRow, Light};

/// How long a row takes.
const ROW: Duration = Duration::from_secs(1);

/// Adds up the `rows`, in cents, with the `light` on. The task of the light is one of `tasks`.
///
/// # Errors
///
/// At the first row without a price.
pub async fn import(
    rows: Vec<Option<u32>>,
    light: Light,
    tasks: &TaskTracker,
) -> Result<u32, BadRow> {
    let done = CancellationToken::new();
    let _guard = done.clone().drop_guard();
    tasks.spawn(light.shine(done.clone()));
    let mut total = 0;
    for row in rows {
        time::sleep(ROW).await;
        total += row.ok_or(BadRow)?;
    }
    Ok(total)
}

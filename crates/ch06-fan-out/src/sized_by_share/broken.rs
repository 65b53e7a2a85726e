//! Converts images: each is computed for a while, and then uploaded.

use futures::stream::{self, StreamExt};

use super::{COMPUTING, WAITING};

/// How many images are to be worked on at a time, so that no core is idle.
fn workers(cores: usize) -> usize {
    let share = WAITING.as_secs_f64() / (COMPUTING + WAITING).as_secs_f64();
    (cores as f64 * (1.0 + share)) as usize
}

/// Converts so many images, each with `convert`; how many there were.
pub async fn convert_all<F>(images: u32, cores: usize, convert: impl Fn(u32) -> F) -> usize
where
    F: Future<Output = ()>,
{
    stream::iter(0..images)
        .map(convert)
        .buffer_unordered(workers(cores))
        .count()
        .await
}

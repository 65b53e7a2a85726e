//! TODO

pub mod broken;
pub mod fixed;

use tokio_util::sync::CancellationToken;

/// A row has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadRow;

/// A light that shows that something is going on.
#[derive(Debug)]
pub struct Light;

impl Light {
    async fn shine(self, done: CancellationToken) {
        done.cancelled().await;
    }
}
